package io.gluonj.types;

import java.util.Locale;

/**
 * How much memory of a device is taken, at one moment, in bytes. Small requests are rounded up, so
 * the figures exceed the sum of the arrays' sizes a little.
 *
 * @param inUse held by arrays and running computations
 * @param cached given back by them and kept for reuse
 * @param peak highest {@code inUse} since the start or the last reset
 * @param limit most that may be taken in all
 * @param blocks number of blocks in use
 */
public record MemoryFigures(
    Device device, long inUse, long cached, long peak, long limit, long blocks) {
  /** A number of bytes as people write it: {@code 512 bytes}, {@code 3.5 MiB}. */
  static String text(long bytes) {
    return bytes < 1L << 20
        ? String.format(Locale.ROOT, "%,d bytes", bytes)
        : String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1L << 20));
  }

  /** For example {@code cpu: in use 3.5 MiB in 12 blocks, cached …, peak …, limit …}. */
  @Override
  public String toString() {
    return "%s: in use %s in %d blocks, cached %s, peak %s, limit %s"
        .formatted(device, text(inUse), blocks, text(cached), text(peak), text(limit));
  }
}
