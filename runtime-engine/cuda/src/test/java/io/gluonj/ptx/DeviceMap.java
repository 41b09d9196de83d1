package io.gluonj.ptx;

import org.jspecify.annotations.Nullable;

/** Which addresses a kernel may touch in global memory. May be asked by several threads. */
@FunctionalInterface
public interface DeviceMap {
  /**
   * One allocation.
   *
   * @param end the first address behind it
   */
  record Region(long start, long end) {}

  /** The allocation an address lies in; null if it lies in none. */
  @Nullable Region region(long address);
}
