package io.gluonj.ptx;

import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Allocations in a sorted map. */
public final class Regions implements DeviceMap {
  private final ConcurrentSkipListMap<Long, Region> byStart = new ConcurrentSkipListMap<>();

  /** Adds one. */
  public void add(long start, long bytes) {
    byStart.put(start, new Region(start, start + bytes));
  }

  /** Takes one away. */
  public void remove(long start) {
    byStart.remove(start);
  }

  @Override
  public @Nullable Region region(long address) {
    var entry = byStart.floorEntry(address);
    return entry == null || address >= entry.getValue().end() ? null : entry.getValue();
  }
}
