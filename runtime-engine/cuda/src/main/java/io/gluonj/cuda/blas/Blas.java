package io.gluonj.cuda.blas;

/**
 * Matrix products on one device, enqueued on its compute stream. Callers hold the lock of the
 * device.
 */
public interface Blas extends AutoCloseable {
  /** A product that was prepared; enqueueing it allocates and loads nothing of ours. */
  interface Multiplication {
    /**
     * Enqueues the product.
     *
     * @param a address of A
     * @param b address of B
     * @param c address of C
     */
    void enqueue(long a, long b, long c);
  }

  /** What computes, with the library's version. */
  String title();

  /** Prepares a product. */
  Multiplication prepare(Product product);

  /** Frees the library's handle, after all its work. */
  @Override
  void close();
}
