/* cuBLAS in plain loops: matrix products, column-major, accumulated in double precision. */
#include "numbers.h"
#include "softgpu.h"

#include <stdlib.h>

enum {
  BLAS_NOT_INITIALIZED = 1,
  BLAS_INVALID_VALUE = 7,
  BLAS_EXECUTION_FAILED = 13,
  BLAS_NOT_SUPPORTED = 15
};

struct handle {
  CUstream stream;
  int math;
  int device;
};

int cuCtxGetDevice(int *device);

int cublasCreate_v2(struct handle **handle) {
  int device;
  if (cuCtxGetDevice(&device) != OK) {
    return BLAS_NOT_INITIALIZED;
  }
  *handle = calloc(1, sizeof **handle);
  (*handle)->device = device;
  return 0;
}

int cublasDestroy_v2(struct handle *handle) {
  free(handle);
  return 0;
}

int cublasSetStream_v2(struct handle *handle, CUstream stream) {
  handle->stream = stream;
  return 0;
}

int cublasGetStream_v2(struct handle *handle, CUstream *stream) {
  *stream = handle->stream;
  return 0;
}

int cublasSetMathMode(struct handle *handle, int mode) {
  handle->math = mode;
  return 0;
}

int cublasGetMathMode(struct handle *handle, int *mode) {
  *mode = handle->math;
  return 0;
}

int cublasGetVersion_v2(struct handle *handle, int *version) {
  (void)handle;
  *version = 120601;
  return 0;
}

int cublasSetPointerMode_v2(struct handle *handle, int mode) {
  (void)handle;
  return mode == 0 ? 0 : BLAS_NOT_SUPPORTED;
}

int cublasGetPointerMode_v2(struct handle *handle, int *mode) {
  (void)handle;
  *mode = 0;
  return 0;
}

int cublasSetWorkspace_v2(struct handle *handle, void *workspace, size_t bytes) {
  (void)handle, (void)bytes;
  return (uintptr_t)workspace % 256 == 0 ? 0 : BLAS_INVALID_VALUE;
}

const char *cublasGetStatusName(int status) {
  switch (status) {
    case 0: return "CUBLAS_STATUS_SUCCESS";
    case BLAS_NOT_INITIALIZED: return "CUBLAS_STATUS_NOT_INITIALIZED";
    case BLAS_INVALID_VALUE: return "CUBLAS_STATUS_INVALID_VALUE";
    case BLAS_EXECUTION_FAILED: return "CUBLAS_STATUS_EXECUTION_FAILED";
    case BLAS_NOT_SUPPORTED: return "CUBLAS_STATUS_NOT_SUPPORTED";
    default: return "CUBLAS_STATUS_INTERNAL_ERROR";
  }
}

const char *cublasGetStatusString(int status) { return cublasGetStatusName(status); }

/* ---- products ---- */

struct matrix {
  uint64_t at;
  int64_t leading;
  int64_t stride;
  enum number type;
  int transposed;
};

struct gemm {
  int64_t m, n, k, batch;
  double alpha, beta;
  struct matrix a, b, c;
  int device;
};

/* From the first to the last element that is touched. */
static int reach(const struct gemm *g, struct matrix x, int64_t rows, int64_t columns) {
  if (rows == 0 || columns == 0) {
    return OK;
  }
  int64_t last = (g->batch - 1) * x.stride + (columns - 1) * x.leading + rows - 1;
  return software_gpu_check(g->device, x.at, (last + 1) * number_bytes(x.type));
}

/* One matrix as the product sees it, in rows. */
static void unfold(double *to, struct matrix x, int64_t batch, int64_t rows, int64_t columns) {
  const void *from = (char *)(uintptr_t)x.at + batch * x.stride * number_bytes(x.type);
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < columns; j++) {
      int64_t at = x.transposed ? i * x.leading + j : j * x.leading + i;
      to[i * columns + j] = load(from, x.type, at);
    }
  }
}

static int multiply(struct op *op) {
  struct gemm g;
  memcpy(&g, op->payload, sizeof g);
  if (reach(&g, g.a, g.a.transposed ? g.k : g.m, g.a.transposed ? g.m : g.k) != OK
      || reach(&g, g.b, g.b.transposed ? g.n : g.k, g.b.transposed ? g.k : g.n) != OK
      || reach(&g, g.c, g.m, g.n) != OK) {
    return ILLEGAL_ADDRESS;
  }
  double *a = malloc((g.m * g.k + 1) * sizeof *a);
  double *b = malloc((g.k * g.n + 1) * sizeof *b);
  double *row = malloc((g.n + 1) * sizeof *row);
  for (int64_t batch = 0; batch < g.batch; batch++) {
    unfold(a, g.a, batch, g.m, g.k);
    unfold(b, g.b, batch, g.k, g.n);
    char *c = (char *)(uintptr_t)g.c.at + batch * g.c.stride * number_bytes(g.c.type);
    for (int64_t i = 0; i < g.m; i++) {
      memset(row, 0, g.n * sizeof *row);
      for (int64_t l = 0; l < g.k; l++) {
        double left = a[i * g.k + l];
        const double *right = b + l * g.n;
        for (int64_t j = 0; j < g.n; j++) {
          row[j] += left * right[j];
        }
      }
      for (int64_t j = 0; j < g.n; j++) {
        int64_t at = j * g.c.leading + i;
        double old = g.beta == 0 ? 0 : g.beta * load(c, g.c.type, at);
        store(c, g.c.type, at, g.alpha * row[j] + old);
      }
    }
  }
  free(a);
  free(b);
  free(row);
  return OK;
}

static int gemm(struct handle *h, int ta, int tb, struct gemm g, const void *alpha,
                const void *beta, int compute) {
  int64_t rows_a = ta ? g.k : g.m, rows_b = tb ? g.n : g.k;
  if (h == NULL) {
    return BLAS_NOT_INITIALIZED;
  }
  if (g.m < 0 || g.n < 0 || g.k < 0 || g.batch < 0 || g.a.leading < (rows_a > 1 ? rows_a : 1)
      || g.b.leading < (rows_b > 1 ? rows_b : 1) || g.c.leading < (g.m > 1 ? g.m : 1)) {
    return BLAS_INVALID_VALUE;
  }
  int wide = compute == 70 || compute == 71; /* CUBLAS_COMPUTE_64F */
  if (wide != (g.c.type == F64) || compute == 64 || compute == 65 || g.a.type != g.b.type) {
    return BLAS_NOT_SUPPORTED;
  }
  if (g.m == 0 || g.n == 0 || g.batch == 0) {
    return 0;
  }
  g.alpha = factor(alpha, wide ? F64 : F32);
  g.beta = factor(beta, wide ? F64 : F32);
  g.a.transposed = ta != 0;
  g.b.transposed = tb != 0;
  g.device = h->device;
  return software_gpu_enqueue(h->stream, multiply, &g, sizeof g) == OK ? 0 : BLAS_EXECUTION_FAILED;
}

/* cudaDataType */
static int number(int type, enum number *known) {
  switch (type) {
    case 0: *known = F32; return 1;
    case 1: *known = F64; return 1;
    case 2: *known = F16; return 1;
    case 14: *known = BF16; return 1;
    default: return 0;
  }
}

int cublasGemmStridedBatchedEx(struct handle *h, int ta, int tb, int m, int n, int k,
                               const void *alpha, const void *a, int a_type, int lda,
                               long long stride_a, const void *b, int b_type, int ldb,
                               long long stride_b, const void *beta, void *c, int c_type, int ldc,
                               long long stride_c, int batch, int compute, int algorithm) {
  (void)algorithm;
  struct gemm g = {.m = m, .n = n, .k = k, .batch = batch};
  g.a = (struct matrix){.at = (uintptr_t)a, .leading = lda, .stride = stride_a};
  g.b = (struct matrix){.at = (uintptr_t)b, .leading = ldb, .stride = stride_b};
  g.c = (struct matrix){.at = (uintptr_t)c, .leading = ldc, .stride = stride_c};
  if (!number(a_type, &g.a.type) || !number(b_type, &g.b.type) || !number(c_type, &g.c.type)) {
    return BLAS_NOT_SUPPORTED;
  }
  return gemm(h, ta, tb, g, alpha, beta, compute);
}

int cublasGemmEx(struct handle *h, int ta, int tb, int m, int n, int k, const void *alpha,
                 const void *a, int a_type, int lda, const void *b, int b_type, int ldb,
                 const void *beta, void *c, int c_type, int ldc, int compute, int algorithm) {
  return cublasGemmStridedBatchedEx(h, ta, tb, m, n, k, alpha, a, a_type, lda, 0, b, b_type, ldb,
                                    0, beta, c, c_type, ldc, 0, 1, compute, algorithm);
}

int cublasSgemm_v2(struct handle *h, int ta, int tb, int m, int n, int k, const float *alpha,
                   const float *a, int lda, const float *b, int ldb, const float *beta, float *c,
                   int ldc) {
  return cublasGemmEx(h, ta, tb, m, n, k, alpha, a, 0, lda, b, 0, ldb, beta, c, 0, ldc, 68, 0);
}

int cublasDgemm_v2(struct handle *h, int ta, int tb, int m, int n, int k, const double *alpha,
                   const double *a, int lda, const double *b, int ldb, const double *beta,
                   double *c, int ldc) {
  return cublasGemmEx(h, ta, tb, m, n, k, alpha, a, 1, lda, b, 1, ldb, beta, c, 1, ldc, 70, 0);
}

int cublasSgemmStridedBatched(struct handle *h, int ta, int tb, int m, int n, int k,
                              const float *alpha, const float *a, int lda, long long stride_a,
                              const float *b, int ldb, long long stride_b, const float *beta,
                              float *c, int ldc, long long stride_c, int batch) {
  return cublasGemmStridedBatchedEx(h, ta, tb, m, n, k, alpha, a, 0, lda, stride_a, b, 0, ldb,
                                    stride_b, beta, c, 0, ldc, stride_c, batch, 68, 0);
}

int cublasDgemmStridedBatched(struct handle *h, int ta, int tb, int m, int n, int k,
                              const double *alpha, const double *a, int lda, long long stride_a,
                              const double *b, int ldb, long long stride_b, const double *beta,
                              double *c, int ldc, long long stride_c, int batch) {
  return cublasGemmStridedBatchedEx(h, ta, tb, m, n, k, alpha, a, 1, lda, stride_a, b, 1, ldb,
                                    stride_b, beta, c, 1, ldc, stride_c, batch, 70, 0);
}
