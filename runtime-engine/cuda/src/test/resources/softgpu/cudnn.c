/* cuDNN 8: handles, descriptors, the addition of tensors. */
#include "cudnn.h"

#include <stdlib.h>

int cuCtxGetDevice(int *device);

size_t cudnnGetVersion(void) { return 8907; }
size_t cudnnGetCudartVersion(void) { return 12060; }

const char *cudnnGetErrorString(int status) {
  switch (status) {
    case 0: return "CUDNN_STATUS_SUCCESS";
    case DNN_NOT_INITIALIZED: return "CUDNN_STATUS_NOT_INITIALIZED";
    case DNN_BAD_PARAM: return "CUDNN_STATUS_BAD_PARAM";
    case DNN_EXECUTION_FAILED: return "CUDNN_STATUS_EXECUTION_FAILED";
    case DNN_NOT_SUPPORTED: return "CUDNN_STATUS_NOT_SUPPORTED";
    default: return "CUDNN_STATUS_INTERNAL_ERROR";
  }
}

int cudnnCreate(struct dnn **handle) {
  int device;
  if (cuCtxGetDevice(&device) != OK) {
    return DNN_NOT_INITIALIZED;
  }
  *handle = calloc(1, sizeof **handle);
  (*handle)->device = device;
  return 0;
}

int cudnnDestroy(struct dnn *handle) {
  free(handle);
  return 0;
}

int cudnnSetStream(struct dnn *handle, CUstream stream) {
  handle->stream = stream;
  return 0;
}

int cudnnGetStream(struct dnn *handle, CUstream *stream) {
  *stream = handle->stream;
  return 0;
}

int queued(struct dnn *handle, int (*run)(struct op *), const void *payload, size_t bytes) {
  return software_gpu_enqueue(handle->stream, run, payload, bytes) == OK ? 0 : DNN_EXECUTION_FAILED;
}

/* cudnnDataType_t */
int data_type(int type, enum number *known) {
  switch (type) {
    case 0: *known = F32; return 1;
    case 1: *known = F64; return 1;
    case 2: *known = F16; return 1;
    case 9: *known = BF16; return 1;
    default: return 0;
  }
}

int64_t elements(const struct tensor *t) {
  int64_t n = 1;
  for (int i = 0; i < t->rank; i++) {
    n *= t->extent[i];
  }
  return n;
}

int64_t span_bytes(const struct tensor *t) {
  int64_t last = 0;
  for (int i = 0; i < t->rank; i++) {
    last += (t->extent[i] - 1) * t->stride[i];
  }
  return (last + 1) * number_bytes(t->type);
}

int cudnnCreateTensorDescriptor(struct tensor **t) {
  *t = calloc(1, sizeof **t);
  return 0;
}

int cudnnDestroyTensorDescriptor(struct tensor *t) {
  free(t);
  return 0;
}

int cudnnSetTensorNdDescriptor(struct tensor *t, int type, int rank, const int *extent,
                               const int *stride) {
  if (!data_type(type, &t->type)) {
    return DNN_NOT_SUPPORTED;
  }
  if (rank < 3 || rank > MAX_RANK) { /* cuDNN wants at least three */
    return DNN_NOT_SUPPORTED;
  }
  t->rank = rank;
  for (int i = 0; i < rank; i++) {
    if (extent[i] < 1 || stride[i] < 1) {
      return DNN_BAD_PARAM;
    }
    t->extent[i] = extent[i];
    t->stride[i] = stride[i];
  }
  return 0;
}

static int packed(struct tensor *t, int type, int rank, const int *extent) {
  int stride[MAX_RANK];
  int next = 1;
  for (int i = rank - 1; i >= 0; i--) {
    stride[i] = next;
    next *= extent[i];
  }
  return cudnnSetTensorNdDescriptor(t, type, rank, extent, stride);
}

int cudnnSetTensor4dDescriptor(struct tensor *t, int format, int type, int n, int c, int h, int w) {
  int extent[4] = {n, c, h, w};
  return format == 0 ? packed(t, type, 4, extent) : DNN_NOT_SUPPORTED;
}

int cudnnCreateFilterDescriptor(struct tensor **t) { return cudnnCreateTensorDescriptor(t); }
int cudnnDestroyFilterDescriptor(struct tensor *t) { return cudnnDestroyTensorDescriptor(t); }

int cudnnSetFilterNdDescriptor(struct tensor *t, int type, int format, int rank,
                               const int *extent) {
  return format == 0 ? packed(t, type, rank, extent) : DNN_NOT_SUPPORTED;
}

int cudnnSetFilter4dDescriptor(struct tensor *t, int type, int format, int k, int c, int h,
                               int w) {
  int extent[4] = {k, c, h, w};
  return format == 0 ? packed(t, type, 4, extent) : DNN_NOT_SUPPORTED;
}

struct addition {
  double alpha, beta;
  struct tensor a, c;
  uint64_t from, to;
  int device;
};

static int add(struct op *op) {
  struct addition *s = (struct addition *)op->payload;
  if (software_gpu_check(s->device, s->from, span_bytes(&s->a)) != OK
      || software_gpu_check(s->device, s->to, span_bytes(&s->c)) != OK) {
    return ILLEGAL_ADDRESS;
  }
  int64_t n = elements(&s->c);
  for (int64_t i = 0; i < n; i++) {
    int64_t left = i, from = 0, to = 0;
    for (int d = s->c.rank - 1; d >= 0; d--) {
      int64_t at = left % s->c.extent[d];
      left /= s->c.extent[d];
      to += at * s->c.stride[d];
      from += s->a.extent[d] == 1 ? 0 : at * s->a.stride[d];
    }
    double old = s->beta == 0 ? 0 : s->beta * load((void *)(uintptr_t)s->to, s->c.type, to);
    double sum = s->alpha * load((void *)(uintptr_t)s->from, s->a.type, from) + old;
    store((void *)(uintptr_t)s->to, s->c.type, to, sum);
  }
  return OK;
}

int cudnnAddTensor(struct dnn *handle, const void *alpha, const struct tensor *a, const void *from,
                   const void *beta, const struct tensor *c, void *to) {
  if (a->rank != c->rank || a->type != c->type) {
    return DNN_BAD_PARAM;
  }
  for (int i = 0; i < a->rank; i++) {
    if (a->extent[i] != 1 && a->extent[i] != c->extent[i]) {
      return DNN_BAD_PARAM;
    }
  }
  struct addition s = {factor(alpha, c->type), factor(beta, c->type), *a, *c,
                       (uintptr_t)from,        (uintptr_t)to,         handle->device};
  return queued(handle, add, &s, sizeof s);
}
