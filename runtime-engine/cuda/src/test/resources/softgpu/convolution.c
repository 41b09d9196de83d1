/* cuDNN 8: convolutions in plain loops, in up to three spatial dimensions. */
#include "cudnn.h"

#include <stdlib.h>

#define SPATIAL 3

struct how {
  int rank;
  int pad[SPATIAL];
  int stride[SPATIAL];
  int dilation[SPATIAL];
  int groups;
  int math;
};

enum pass { FORWARD, DATA, FILTER };

struct work {
  enum pass pass;
  double alpha, beta;
  struct tensor x, w, y;
  struct how how;
  uint64_t at_x, at_w, at_y, space;
  uint64_t space_bytes;
  int device;
};

/* Fields of a cudnnConvolution…AlgoPerf_t. */
struct perf {
  int algorithm;
  int status;
  float time;
  size_t memory;
  int determinism;
  int math;
  int reserved[3];
};

int cudnnCreateConvolutionDescriptor(struct how **how) {
  *how = calloc(1, sizeof **how);
  (*how)->groups = 1;
  return 0;
}

int cudnnDestroyConvolutionDescriptor(struct how *how) {
  free(how);
  return 0;
}

int cudnnSetConvolutionNdDescriptor(struct how *how, int rank, const int *pad, const int *stride,
                                    const int *dilation, int mode, int type) {
  (void)type;
  if (rank < 1 || rank > SPATIAL || mode != 1) {
    return DNN_NOT_SUPPORTED;
  }
  how->rank = rank;
  for (int i = 0; i < rank; i++) {
    if (pad[i] < 0 || stride[i] < 1 || dilation[i] < 1) {
      return DNN_BAD_PARAM;
    }
    how->pad[i] = pad[i];
    how->stride[i] = stride[i];
    how->dilation[i] = dilation[i];
  }
  return 0;
}

int cudnnSetConvolution2dDescriptor(struct how *how, int pad_h, int pad_w, int stride_h,
                                    int stride_w, int dilation_h, int dilation_w, int mode,
                                    int type) {
  int pad[2] = {pad_h, pad_w}, stride[2] = {stride_h, stride_w};
  int dilation[2] = {dilation_h, dilation_w};
  return cudnnSetConvolutionNdDescriptor(how, 2, pad, stride, dilation, mode, type);
}

int cudnnSetConvolutionGroupCount(struct how *how, int groups) {
  how->groups = groups;
  return groups < 1 ? DNN_BAD_PARAM : 0;
}

int cudnnSetConvolutionMathType(struct how *how, int math) {
  how->math = math;
  return 0;
}

/* Extents must fit each other, as cuDNN demands; two spatial dimensions at least. */
static int consistent(const struct tensor *x, const struct tensor *w, const struct tensor *y,
                      const struct how *how) {
  if (x->rank != how->rank + 2 || w->rank != x->rank || y->rank != x->rank || how->rank < 2) {
    return DNN_BAD_PARAM;
  }
  if (x->extent[0] != y->extent[0] || w->extent[0] != y->extent[1]
      || w->extent[1] * how->groups != x->extent[1] || w->extent[0] % how->groups != 0) {
    return DNN_BAD_PARAM;
  }
  for (int i = 0; i < how->rank; i++) {
    int64_t reach = how->dilation[i] * (w->extent[i + 2] - 1) + 1;
    int64_t out = (x->extent[i + 2] + 2 * how->pad[i] - reach) / how->stride[i] + 1;
    if (y->extent[i + 2] != out) {
      return DNN_BAD_PARAM;
    }
  }
  return 0;
}

/* A tensor in five dimensions, dense. */
struct dense {
  int64_t e[5];
  double *v;
};

static struct dense widen(const struct tensor *t, uint64_t at, int read) {
  struct dense d;
  int missing = 5 - t->rank;
  int64_t stride[5];
  for (int i = 0; i < 5; i++) {
    int from = i < 2 ? i : i - missing;
    int own = i < 2 || from >= 2;
    d.e[i] = own ? t->extent[from] : 1;
    stride[i] = own ? t->stride[from] : 0;
  }
  int64_t n = elements(t);
  d.v = calloc(n, sizeof *d.v);
  for (int64_t i = 0; read && i < n; i++) {
    int64_t left = i, from = 0;
    for (int k = 4; k >= 0; k--) {
      from += left % d.e[k] * stride[k];
      left /= d.e[k];
    }
    d.v[i] = load((void *)(uintptr_t)at, t->type, from);
  }
  return d;
}

static void narrow(struct dense d, const struct tensor *t, uint64_t at, double alpha,
                   double beta) {
  int64_t n = elements(t);
  for (int64_t i = 0; i < n; i++) {
    int64_t left = i, to = 0;
    for (int k = t->rank - 1; k >= 0; k--) {
      to += left % t->extent[k] * t->stride[k];
      left /= t->extent[k];
    }
    double old = beta == 0 ? 0 : beta * load((void *)(uintptr_t)at, t->type, to);
    store((void *)(uintptr_t)at, t->type, to, alpha * d.v[i] + old);
  }
  free(d.v);
}

struct axis {
  int64_t in, out, pad, stride, dilation;
};

/* The outputs whose window has an input under this tap. */
static void range(struct axis a, int64_t tap, int64_t *first, int64_t *end) {
  int64_t shift = tap * a.dilation - a.pad;
  int64_t low = shift >= 0 ? 0 : (-shift + a.stride - 1) / a.stride;
  int64_t high = a.in - 1 - shift < 0 ? 0 : (a.in - 1 - shift) / a.stride + 1;
  *first = low;
  *end = high < a.out ? high : a.out;
}

static void rows(enum pass pass, double *x, double *w, double *y, int64_t n, int64_t step) {
  double sum = 0;
  switch (pass) {
    case FORWARD:
      for (int64_t i = 0; i < n; i++) {
        y[i] += *w * x[i * step];
      }
      break;
    case DATA:
      for (int64_t i = 0; i < n; i++) {
        x[i * step] += *w * y[i];
      }
      break;
    case FILTER:
      for (int64_t i = 0; i < n; i++) {
        sum += y[i] * x[i * step];
      }
      *w += sum;
  }
}

static void tap(const struct work *k, struct dense x, struct dense y, const struct axis *a,
                double *plane_x, double *w, double *plane_y, const int64_t *at) {
  int64_t first[3], end[3];
  for (int i = 0; i < 3; i++) {
    range(a[i], at[i], &first[i], &end[i]);
  }
  if (end[2] <= first[2]) {
    return;
  }
  for (int64_t d = first[0]; d < end[0]; d++) {
    int64_t in_d = d * a[0].stride - a[0].pad + at[0] * a[0].dilation;
    for (int64_t h = first[1]; h < end[1]; h++) {
      int64_t in_h = h * a[1].stride - a[1].pad + at[1] * a[1].dilation;
      int64_t in_w = first[2] * a[2].stride - a[2].pad + at[2] * a[2].dilation;
      rows(k->pass, plane_x + (in_d * x.e[3] + in_h) * x.e[4] + in_w, w,
           plane_y + (d * y.e[3] + h) * y.e[4] + first[2], end[2] - first[2], a[2].stride);
    }
  }
}

static void convolve(const struct work *k, struct dense x, struct dense w, struct dense y) {
  struct axis a[3];
  for (int i = 0; i < 3; i++) {
    int own = i - (3 - k->how.rank);
    a[i] = own < 0 ? (struct axis){1, 1, 0, 1, 1}
                   : (struct axis){x.e[i + 2], y.e[i + 2], k->how.pad[own], k->how.stride[own],
                                   k->how.dilation[own]};
  }
  int64_t plane_x = x.e[2] * x.e[3] * x.e[4], plane_y = y.e[2] * y.e[3] * y.e[4];
  int64_t per_group = y.e[1] / k->how.groups;
  for (int64_t n = 0; n < x.e[0]; n++) {
    for (int64_t o = 0; o < y.e[1]; o++) {
      for (int64_t c = 0; c < w.e[1]; c++) {
        double *px = x.v + (n * x.e[1] + o / per_group * w.e[1] + c) * plane_x;
        double *py = y.v + (n * y.e[1] + o) * plane_y;
        double *pw = w.v + (o * w.e[1] + c) * w.e[2] * w.e[3] * w.e[4];
        int64_t at[3];
        for (at[0] = 0; at[0] < w.e[2]; at[0]++) {
          for (at[1] = 0; at[1] < w.e[3]; at[1]++) {
            for (at[2] = 0; at[2] < w.e[4]; at[2]++) {
              tap(k, x, y, a, px, pw++, py, at);
            }
          }
        }
      }
    }
  }
}

static int run(struct op *op) {
  struct work *k = (struct work *)op->payload;
  if (software_gpu_check(k->device, k->at_x, span_bytes(&k->x)) != OK
      || software_gpu_check(k->device, k->at_w, span_bytes(&k->w)) != OK
      || software_gpu_check(k->device, k->at_y, span_bytes(&k->y)) != OK
      || (k->space_bytes > 0 && software_gpu_check(k->device, k->space, k->space_bytes) != OK)) {
    return ILLEGAL_ADDRESS;
  }
  memset((void *)(uintptr_t)k->space, 0xFF, k->space_bytes); /* the workspace is spoilt */
  struct dense x = widen(&k->x, k->at_x, k->pass != DATA);
  struct dense w = widen(&k->w, k->at_w, k->pass != FILTER);
  struct dense y = widen(&k->y, k->at_y, k->pass != FORWARD);
  convolve(k, x, w, y);
  switch (k->pass) {
    case FORWARD:
      narrow(y, &k->y, k->at_y, k->alpha, k->beta);
      free(x.v);
      free(w.v);
      break;
    case DATA:
      narrow(x, &k->x, k->at_x, k->alpha, k->beta);
      free(w.v);
      free(y.v);
      break;
    case FILTER:
      narrow(w, &k->w, k->at_w, k->alpha, k->beta);
      free(x.v);
      free(y.v);
  }
  return OK;
}

/* Algorithm 1 needs memory and always gives equal bits; 0 needs none. */
static size_t needed(int algorithm, const struct tensor *x) {
  return algorithm == 1 ? elements(x) * number_bytes(x->type) : 0;
}

static int start(struct dnn *handle, struct work k, int algorithm, const void *alpha,
                 const void *beta) {
  int code = consistent(&k.x, &k.w, &k.y, &k.how);
  if (code != 0) {
    return code;
  }
  if (algorithm != 0 && algorithm != 1) {
    return DNN_NOT_SUPPORTED;
  }
  if (k.space_bytes < needed(algorithm, &k.x)) {
    return DNN_BAD_PARAM;
  }
  k.space_bytes = needed(algorithm, &k.x);
  k.alpha = factor(alpha, k.x.type);
  k.beta = factor(beta, k.x.type);
  k.device = handle->device;
  return queued(handle, run, &k, sizeof k);
}

int cudnnConvolutionForward(struct dnn *handle, const void *alpha, const struct tensor *xd,
                            const void *x, const struct tensor *wd, const void *w,
                            const struct how *how, int algorithm, void *space, size_t bytes,
                            const void *beta, const struct tensor *yd, void *y) {
  struct work k = {.pass = FORWARD, .x = *xd, .w = *wd, .y = *yd, .how = *how,
                   .at_x = (uintptr_t)x, .at_w = (uintptr_t)w, .at_y = (uintptr_t)y,
                   .space = (uintptr_t)space, .space_bytes = bytes};
  return start(handle, k, algorithm, alpha, beta);
}

int cudnnConvolutionBackwardData(struct dnn *handle, const void *alpha, const struct tensor *wd,
                                 const void *w, const struct tensor *yd, const void *y,
                                 const struct how *how, int algorithm, void *space, size_t bytes,
                                 const void *beta, const struct tensor *xd, void *x) {
  struct work k = {.pass = DATA, .x = *xd, .w = *wd, .y = *yd, .how = *how,
                   .at_x = (uintptr_t)x, .at_w = (uintptr_t)w, .at_y = (uintptr_t)y,
                   .space = (uintptr_t)space, .space_bytes = bytes};
  return start(handle, k, algorithm, alpha, beta);
}

int cudnnConvolutionBackwardFilter(struct dnn *handle, const void *alpha, const struct tensor *xd,
                                   const void *x, const struct tensor *yd, const void *y,
                                   const struct how *how, int algorithm, void *space,
                                   size_t bytes, const void *beta, const struct tensor *wd,
                                   void *w) {
  struct work k = {.pass = FILTER, .x = *xd, .w = *wd, .y = *yd, .how = *how,
                   .at_x = (uintptr_t)x, .at_w = (uintptr_t)w, .at_y = (uintptr_t)y,
                   .space = (uintptr_t)space, .space_bytes = bytes};
  return start(handle, k, algorithm, alpha, beta);
}

/* ---- which algorithms there are ---- */

static int offer(const struct tensor *x, const struct tensor *w, const struct tensor *y,
                 const struct how *how, enum pass pass, int wanted, int *number,
                 struct perf *perf) {
  int code = consistent(x, w, y, how);
  *number = 0;
  for (int i = 0; code == 0 && i < 2 && i < wanted; i++) {
    int algorithm = 1 - i;
    /* The real algorithms 0 of the backward passes add in any order. */
    perf[i] = (struct perf){.algorithm = algorithm, .time = 0.1f * (i + 1),
                            .memory = needed(algorithm, x),
                            .determinism = algorithm == 1 || pass == FORWARD, .math = how->math};
    (*number)++;
  }
  return code;
}

int cudnnGetConvolutionForwardAlgorithm_v7(struct dnn *handle, const struct tensor *x,
                                           const struct tensor *w, const struct how *how,
                                           const struct tensor *y, int wanted, int *number,
                                           struct perf *perf) {
  (void)handle;
  return offer(x, w, y, how, FORWARD, wanted, number, perf);
}

int cudnnGetConvolutionBackwardDataAlgorithm_v7(struct dnn *handle, const struct tensor *w,
                                                const struct tensor *y, const struct how *how,
                                                const struct tensor *x, int wanted, int *number,
                                                struct perf *perf) {
  (void)handle;
  return offer(x, w, y, how, DATA, wanted, number, perf);
}

int cudnnGetConvolutionBackwardFilterAlgorithm_v7(struct dnn *handle, const struct tensor *x,
                                                  const struct tensor *y, const struct how *how,
                                                  const struct tensor *w, int wanted, int *number,
                                                  struct perf *perf) {
  (void)handle;
  return offer(x, w, y, how, FILTER, wanted, number, perf);
}

int cudnnGetConvolutionForwardWorkspaceSize(struct dnn *handle, const struct tensor *x,
                                            const struct tensor *w, const struct how *how,
                                            const struct tensor *y, int algorithm, size_t *bytes) {
  (void)handle;
  *bytes = needed(algorithm, x);
  return consistent(x, w, y, how);
}

/* Measuring overwrites the result, as the real one does. */
struct spoil {
  uint64_t at;
  uint64_t bytes;
  int device;
};

static int spoil(struct op *op) {
  struct spoil s;
  memcpy(&s, op->payload, sizeof s);
  if (software_gpu_check(s.device, s.at, s.bytes) != OK) {
    return ILLEGAL_ADDRESS;
  }
  memset((void *)(uintptr_t)s.at, 0xFF, s.bytes);
  return OK;
}

static int measure(struct dnn *handle, int code, const struct tensor *result, void *at,
                   size_t space_bytes, int *number, struct perf *perf) {
  for (int i = 0; i < *number; i++) {
    if (perf[i].memory > space_bytes) {
      perf[i].status = 4; /* CUDNN_STATUS_ALLOC_FAILED, as for what does not fit */
      perf[i].time = -1;
    }
  }
  struct spoil s = {(uintptr_t)at, span_bytes(result), handle->device};
  return code != 0 ? code : queued(handle, spoil, &s, sizeof s);
}

int cudnnFindConvolutionForwardAlgorithmEx(struct dnn *handle, const struct tensor *xd,
                                           const void *x, const struct tensor *wd, const void *w,
                                           const struct how *how, const struct tensor *yd, void *y,
                                           int wanted, int *number, struct perf *perf, void *space,
                                           size_t bytes) {
  (void)x, (void)w, (void)space;
  int code = offer(xd, wd, yd, how, FORWARD, wanted, number, perf);
  return measure(handle, code, yd, y, bytes, number, perf);
}

int cudnnFindConvolutionBackwardDataAlgorithmEx(struct dnn *handle, const struct tensor *wd,
                                                const void *w, const struct tensor *yd,
                                                const void *y, const struct how *how,
                                                const struct tensor *xd, void *x, int wanted,
                                                int *number, struct perf *perf, void *space,
                                                size_t bytes) {
  (void)w, (void)y, (void)space;
  int code = offer(xd, wd, yd, how, DATA, wanted, number, perf);
  return measure(handle, code, xd, x, bytes, number, perf);
}

int cudnnFindConvolutionBackwardFilterAlgorithmEx(struct dnn *handle, const struct tensor *xd,
                                                  const void *x, const struct tensor *yd,
                                                  const void *y, const struct how *how,
                                                  const struct tensor *wd, void *w, int wanted,
                                                  int *number, struct perf *perf, void *space,
                                                  size_t bytes) {
  (void)x, (void)y, (void)space;
  int code = offer(xd, wd, yd, how, FILTER, wanted, number, perf);
  return measure(handle, code, wd, w, bytes, number, perf);
}
