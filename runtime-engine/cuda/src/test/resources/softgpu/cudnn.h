/* cuDNN 8: descriptors. */
#ifndef CUDNN_H
#define CUDNN_H

#include "numbers.h"
#include "softgpu.h"

#define MAX_RANK 8

enum { DNN_NOT_INITIALIZED = 1, DNN_BAD_PARAM = 3, DNN_EXECUTION_FAILED = 8, DNN_NOT_SUPPORTED = 9 };

struct dnn {
  CUstream stream;
  int device;
};

struct tensor {
  enum number type;
  int rank;
  int64_t extent[MAX_RANK];
  int64_t stride[MAX_RANK];
};

int data_type(int type, enum number *known);
int64_t elements(const struct tensor *t);
int64_t span_bytes(const struct tensor *t);
int queued(struct dnn *handle, int (*run)(struct op *), const void *payload, size_t bytes);

#endif
