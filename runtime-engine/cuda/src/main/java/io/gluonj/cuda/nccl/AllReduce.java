package io.gluonj.cuda.nccl;

import io.gluonj.types.DType;

/** Sums across a fixed list of devices. Callers hold the locks of all of them. */
public interface AllReduce extends AutoCloseable {
  /**
   * Enqueues, on each device's compute stream, that its total becomes the sum of all parts.
   *
   * @param parts an address on each device, in the order of the devices
   * @param totals likewise; a total may be where the part is
   * @param elements of each array
   * @param type any but bool
   */
  void sum(long[] parts, long[] totals, long elements, DType type);

  /** Frees the communicators, after all their work. */
  @Override
  void close();
}
