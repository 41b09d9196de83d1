package io.gluonj.backend;

import io.gluonj.types.Device;
import io.gluonj.types.MemoryLimitException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pooling allocator for one device. Blocks are rounded up to a size class, and kept for reuse
 * when they are freed: first-touch page faults cost more than most kernels. Thread-safe.
 */
public final class DeviceMemory {
  /** What the device itself provides. */
  public interface Provider {
    /**
     * Takes memory from the device, 64-byte aligned.
     *
     * @return the address, or 0 if there is none
     */
    long allocate(long bytes);

    /** Gives memory back to the device. */
    void free(long address, long bytes);

    /**
     * Notes that nobody uses a block any more; it may be handed out again at once. A device that
     * works behind the program's back learns here which of its work was the block's last.
     */
    default void released(long address) {}
  }

  /**
   * Figures of a device's memory, in bytes.
   *
   * @param inUse held by arrays and running computations
   * @param cached kept for reuse
   * @param peak highest inUse so far
   * @param arrays number of live blocks
   */
  public record Figures(long inUse, long cached, long peak, long arrays, long limit) {}

  private static final long ALIGNMENT = 64;

  private final Device device;
  private final Provider provider;
  private final long limit;
  private final Map<Long, Deque<Long>> free = new HashMap<>();
  private long inUse;
  private long cached;
  private long peak;
  private long blocks;
  private long collectAt;

  /**
   * Pools a device's memory.
   *
   * @param limit bytes that may be taken from the device in all
   */
  public DeviceMemory(Device device, Provider provider, long limit) {
    this.device = device;
    this.provider = provider;
    this.limit = limit;
    this.collectAt = Math.max(limit / 8, 256L << 20);
  }

  public Device device() {
    return device;
  }

  /**
   * Allocates.
   *
   * @throws MemoryLimitException if the limit or the device's memory is exhausted, after forgotten
   *     arrays have been collected and cached blocks given back
   */
  public Storage allocate(long bytes) {
    long capacity = sizeClass(bytes);
    Storage storage = tryAllocate(bytes, capacity);
    if (storage == null) {
      collectForgotten();
      trim();
      storage = tryAllocate(bytes, capacity);
    }
    if (storage == null) {
      Figures f = figures();
      throw new MemoryLimitException(
          "%,d bytes were asked for on %s; %,d bytes are in use by %,d blocks, limit %,d"
              .formatted(bytes, device, f.inUse(), f.arrays(), f.limit()),
          "arrays that are still reachable hold the memory; gradients and kept values count too",
          "use a smaller batch, open a TensorScope for each step, or raise -Dgluonj.memory.limit"
              + " (bytes)");
    }
    return storage;
  }

  private synchronized @Nullable Storage tryAllocate(long bytes, long capacity) {
    if (inUse + capacity > collectAt) {
      // Java's collector does not see this memory: make it look for forgotten arrays in time.
      collectAt = Math.min(limit, collectAt + collectAt / 2);
      if (inUse + capacity <= limit) {
        System.gc();
      }
    }
    Deque<Long> reusable = free.get(capacity);
    Long address = reusable == null ? null : reusable.pollLast();
    if (address != null) {
      cached -= capacity;
    } else {
      if (inUse + cached + capacity > limit) {
        return null;
      }
      address = provider.allocate(capacity);
      if (address == 0) {
        return null;
      }
    }
    inUse += capacity;
    peak = Math.max(peak, inUse);
    blocks++;
    return new Storage(this, address, bytes, capacity);
  }

  synchronized void free(Storage storage) {
    provider.released(storage.rawAddress());
    inUse -= storage.capacity();
    cached += storage.capacity();
    blocks--;
    free.computeIfAbsent(storage.capacity(), c -> new ArrayDeque<>()).add(storage.rawAddress());
  }

  /** Gives all cached blocks back to the device. */
  public synchronized void trim() {
    free.forEach((capacity, addresses) -> addresses.forEach(a -> provider.free(a, capacity)));
    free.clear();
    cached = 0;
  }

  public synchronized Figures figures() {
    return new Figures(inUse, cached, peak, blocks, limit);
  }

  private void collectForgotten() {
    long before = figures().inUse();
    for (int i = 0; i < 20 && figures().inUse() >= before; i++) {
      System.gc();
      LockSupport.parkNanos(5_000_000L << Math.min(i, 4));
    }
  }

  /** Powers of two in four steps each: at most a quarter is wasted. */
  private static long sizeClass(long bytes) {
    long needed = Math.max(ALIGNMENT, bytes);
    long power = Long.highestOneBit(needed);
    long step = Math.max(ALIGNMENT, power / 4);
    return (needed + step - 1) / step * step;
  }
}
