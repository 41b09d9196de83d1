package io.gluonj.cuda.blas;

import io.gluonj.types.DType;
import io.gluonj.types.UnsupportedOpException;

/**
 * A product as cuBLAS is asked for it. Read as column-major, a row-major matrix is its transpose,
 * so {@code C = op(A) op(B)} is asked for as {@code Cᵀ = op(B)ᵀ op(A)ᵀ}: operands, m and n change
 * places, the transpositions stay with their operands. The <em>first</em> matrix is B.
 *
 * <p>Numbers are those of {@code cublas_api.h} and {@code library_types.h}, equal in CUDA 11 to 13.
 *
 * @param operationFirst {@code cublasOperation_t} of B
 * @param operationSecond {@code cublasOperation_t} of A
 * @param leadingFirst elements from one column of the first matrix to the next
 * @param dataType {@code cudaDataType} of both factors
 * @param resultType {@code cudaDataType} of the result
 * @param computeType {@code cublasComputeType_t}
 */
record ColumnMajor(
    int operationFirst,
    int operationSecond,
    int m,
    int n,
    int k,
    int leadingFirst,
    int leadingSecond,
    int leadingResult,
    int batch,
    long strideFirst,
    long strideSecond,
    long strideResult,
    int dataType,
    int resultType,
    int computeType,
    double beta) {
  private static final int OP_N = 0;
  private static final int OP_T = 1;
  private static final int R_32F = 0;
  private static final int R_64F = 1;
  private static final int R_16F = 2;
  private static final int R_16BF = 14;
  private static final int COMPUTE_32F = 68;
  private static final int COMPUTE_32F_PEDANTIC = 69;
  private static final int COMPUTE_64F = 70;
  private static final int COMPUTE_64F_PEDANTIC = 71;
  private static final int COMPUTE_32F_FAST_TF32 = 77;

  /** {@code CUBLAS_GEMM_DEFAULT}: the library's heuristics choose. */
  static final int ALGORITHM = -1;

  /**
   * {@code CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION} over the default mode: partial sums of
   * half precision stay float32.
   */
  static final int MATH_MODE = 16;

  /** Translates. */
  static ColumnMajor of(Product p) {
    return new ColumnMajor(
        p.transposeB() ? OP_T : OP_N,
        p.transposeA() ? OP_T : OP_N,
        extent(p, p.n()),
        extent(p, p.m()),
        extent(p, p.k()),
        extent(p, p.transposeB() ? p.k() : p.n()),
        extent(p, p.transposeA() ? p.m() : p.k()),
        extent(p, p.n()),
        extent(p, p.batch()),
        p.strideB(),
        p.strideA(),
        p.strideC(),
        dataType(p.type()),
        dataType(p.result()),
        computeType(p.type(), p.precision()),
        p.beta());
  }

  /** Whether scaling factors are float64, as computing is. */
  boolean wide() {
    return dataType == R_64F;
  }

  private static int extent(Product p, long value) {
    if (value > Integer.MAX_VALUE) {
      throw new UnsupportedOpException(
          "a matrix product with extents m=%d n=%d k=%d, batch %d was asked for"
              .formatted(p.m(), p.n(), p.k(), p.batch()),
          "extents of one product on a GPU are below 2^31",
          "split the operands along the long axis");
    }
    return (int) value;
  }

  private static int dataType(DType type) {
    return switch (type) {
      case FLOAT32 -> R_32F;
      case FLOAT64 -> R_64F;
      case FLOAT16 -> R_16F;
      case BFLOAT16 -> R_16BF;
      case UINT8, INT32, INT8, INT64, BOOL -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static int computeType(DType type, Precision precision) {
    boolean pedantic = precision == Precision.PEDANTIC;
    if (type == DType.FLOAT64) {
      return pedantic ? COMPUTE_64F_PEDANTIC : COMPUTE_64F;
    }
    if (pedantic) {
      return COMPUTE_32F_PEDANTIC;
    }
    return type == DType.FLOAT32 && precision == Precision.TF32
        ? COMPUTE_32F_FAST_TF32
        : COMPUTE_32F;
  }
}
