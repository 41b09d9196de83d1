package io.gluonj.cuda.blas;

import io.gluonj.types.DType;
import io.gluonj.types.UnsupportedOpException;

/**
 * A batch of row-major matrix products {@code C = op(A) op(B) + beta C}. {@code op(A)} is m x k,
 * {@code op(B)} k x n and C m x n, each without gaps between its rows; all extents are at least 1.
 *
 * @param transposeA whether A lies in memory as k x m
 * @param transposeB whether B lies in memory as n x k
 * @param batch number of products
 * @param strideA elements from one A to the next; 0 if all share one
 * @param strideB elements from one B to the next; 0 if all share one
 * @param strideC elements from one C to the next
 * @param beta factor of C; 0 where C is not read
 * @param type of the elements of A and B; float16 and bfloat16 are accumulated in float32
 * @param result of the elements of C: the same, or float32 for operands of 16 bits
 */
public record Product(
    boolean transposeA,
    boolean transposeB,
    long m,
    long n,
    long k,
    long batch,
    long strideA,
    long strideB,
    long strideC,
    double beta,
    DType type,
    DType result,
    Precision precision) {

  /** Refuses types without a product; the rest has been checked by inference. */
  public Product {
    boolean widened = type.bytes() == 2 && result == DType.FLOAT32;
    if (!type.isFloating() || (result != type && !widened)) {
      throw new UnsupportedOpException(
          "a matrix product of " + type + " to " + result + " was asked for on a GPU",
          "libraries multiply float32, float64, float16 and bfloat16, and give the same type or"
              + " float32",
          "convert the operands with astype(FLOAT32)");
    }
    if (Math.min(Math.min(m, n), Math.min(k, batch)) < 1) {
      throw new IllegalArgumentException("an empty product: m=" + m + " n=" + n + " k=" + k);
    }
  }
}
