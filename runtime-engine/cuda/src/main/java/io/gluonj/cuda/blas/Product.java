package io.gluonj.cuda.blas;

import io.gluonj.types.DType;
import io.gluonj.types.UnsupportedOpException;

/**
 * A matrix product {@code C = alpha op(A) op(B) + beta C} of row-major matrices, or a batch of them
 * with equal distances. {@code op(A)} is m x k, {@code op(B)} k x n and C m x n.
 *
 * @param transposeA whether A is stored k x m
 * @param transposeB whether B is stored n x k
 * @param strideA elements from one row of A to the next
 * @param strideB elements from one row of B to the next
 * @param strideC elements from one row of C to the next
 * @param batch number of products
 * @param batchA elements from one A to the next; 0 if all share one
 * @param batchB elements from one B to the next; 0 if all share one
 * @param batchC elements from one C to the next
 * @param type of the elements of A and B; float16 and bfloat16 are accumulated in float32
 * @param result of the elements of C: the same, or float32 for operands of 16 bits
 */
public record Product(
    boolean transposeA,
    boolean transposeB,
    long m,
    long n,
    long k,
    long strideA,
    long strideB,
    long strideC,
    long batch,
    long batchA,
    long batchB,
    long batchC,
    DType type,
    DType result,
    double alpha,
    double beta,
    Precision precision) {

  /** Refuses types without a product; everything else has been checked by inference. */
  public Product {
    if (!type.isFloating()) {
      throw new UnsupportedOpException(
          "a matrix product of " + type + " was asked for on a GPU",
          "products are computed for float32, float64, float16 and bfloat16",
          "convert the operands with astype(FLOAT32)");
    }
  }

  /** Contiguous matrices, one behind the other. */
  public static Product contiguous(
      boolean transposeA, boolean transposeB, long batch, long m, long n, long k, DType type) {
    return new Product(
        transposeA,
        transposeB,
        m,
        n,
        k,
        transposeA ? m : k,
        transposeB ? k : n,
        n,
        batch,
        m * k,
        k * n,
        m * n,
        type,
        type,
        1,
        0,
        Precision.stated());
  }

  /** The same, added to {@code beta} times what C holds. */
  public Product plus(double beta) {
    return new Product(
        transposeA,
        transposeB,
        m,
        n,
        k,
        strideA,
        strideB,
        strideC,
        batch,
        batchA,
        batchB,
        batchC,
        type,
        result,
        alpha,
        beta,
        precision);
  }
}
