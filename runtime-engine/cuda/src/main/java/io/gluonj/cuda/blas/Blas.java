package io.gluonj.cuda.blas;

/**
 * Matrix products on one device, enqueued on its compute stream. Callers hold the lock of the
 * device. Products use memory that was set aside when the instance was made, so that they can be
 * captured in CUDA graphs.
 */
public interface Blas extends AutoCloseable {
  /** What computes, with the library's version. */
  String title();

  /**
   * Enqueues a product; all extents are at least 1.
   *
   * @param a address of A
   * @param b address of B
   * @param c address of C
   */
  void multiply(Product product, long a, long b, long c);

  /** Frees the library's handle, after all its work. */
  @Override
  void close();
}
