package io.gluonj.backend;

import io.gluonj.types.Device;
import io.gluonj.types.MemoryFigures;
import io.gluonj.types.MemoryLimitException;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.MemoryShare;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pooling allocator for one device. Blocks are rounded up to a size class, and kept for reuse
 * when they are freed: first-touch page faults cost more than most kernels. Every block in use has
 * an owner, which reports name. Thread-safe.
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

  private static final long ALIGNMENT = 64;
  private static final long LARGEST_CLASS = 1L << 61;
  private static final int COLLECTIONS = 8;
  private static final int REPORTED_OWNERS = 10;

  private final Device device;
  private final Provider provider;
  private final long limit;
  private final @Nullable AddressStack[] free = new @Nullable AddressStack[4 * Long.SIZE];
  private @Nullable Storage newest;
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

  /** Allocates for the present {@link MemoryOwner#current owner} of arrays made from values. */
  public Storage allocate(long bytes) {
    return allocate(bytes, MemoryOwner.current(), "");
  }

  /**
   * Allocates.
   *
   * @param owner what it is for
   * @param block path of the block that is being run; may be empty
   * @throws MemoryLimitException if the limit or the device's memory is exhausted, after cached
   *     blocks have been given back and forgotten arrays collected
   */
  public Storage allocate(long bytes, MemoryOwner owner, String block) {
    long capacity = sizeClass(bytes);
    Storage storage = tryAllocate(bytes, capacity, owner, block);
    if (storage == null && trim()) {
      storage = tryAllocate(bytes, capacity, owner, block);
    }
    // Java's collector does not see this memory: make it look for forgotten arrays.
    for (int i = 0; storage == null && capacity <= limit && i < COLLECTIONS; i++) {
      System.gc();
      LockSupport.parkNanos(5_000_000L << Math.min(i, 4));
      trim();
      storage = tryAllocate(bytes, capacity, owner, block);
    }
    if (storage == null) {
      throw new MemoryLimitException(
          bytes, capacity, owner.in(block), figures(), largest(REPORTED_OWNERS));
    }
    return storage;
  }

  private synchronized @Nullable Storage tryAllocate(
      long bytes, long capacity, MemoryOwner owner, String block) {
    if (inUse + capacity > collectAt) {
      collectAt = Math.min(limit, collectAt + collectAt / 2);
      if (inUse + capacity <= limit) {
        System.gc(); // in time, before the limit is reached
      }
    }
    AddressStack reusable = free[index(capacity)];
    long address;
    if (reusable != null && !reusable.isEmpty()) {
      address = reusable.pop();
      cached -= capacity;
    } else {
      if (capacity > limit - inUse - cached) {
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
    Storage storage = new Storage(this, address, bytes, capacity, owner, block);
    Storage before = newest;
    if (before != null) {
      before.newer = storage;
    }
    storage.older = before;
    newest = storage;
    return storage;
  }

  synchronized void free(Storage storage) {
    provider.released(storage.rawAddress());
    long capacity = storage.capacity();
    inUse -= capacity;
    cached += capacity;
    blocks--;
    Storage older = storage.older;
    Storage newer = storage.newer;
    if (older != null) {
      older.newer = newer;
    }
    if (newer != null) {
      newer.older = older;
    } else {
      newest = older;
    }
    storage.older = null;
    storage.newer = null;
    AddressStack stack = free[index(capacity)];
    if (stack == null) {
      stack = new AddressStack();
      free[index(capacity)] = stack;
    }
    stack.push(storage.rawAddress());
  }

  /**
   * Gives all cached blocks back to the device.
   *
   * @return whether there were any
   */
  public synchronized boolean trim() {
    boolean any = cached > 0;
    for (int i = 0; i < free.length; i++) {
      AddressStack stack = free[i];
      while (stack != null && !stack.isEmpty()) {
        provider.free(stack.pop(), capacity(i));
      }
    }
    cached = 0;
    return any;
  }

  public synchronized MemoryFigures figures() {
    return new MemoryFigures(device, inUse, cached, peak, limit, blocks);
  }

  /** Lets the peak start anew at what is in use. */
  public synchronized void resetPeak() {
    peak = inUse;
  }

  /** Who holds the most, largest first. */
  public synchronized List<MemoryShare> largest(int count) {
    record Group(MemoryOwner owner, String block) {}
    Map<Group, long[]> sums = new HashMap<>();
    for (Storage at = newest; at != null; at = at.older) {
      long[] sum = sums.computeIfAbsent(new Group(at.owner(), at.block()), g -> new long[2]);
      sum[0] += at.capacity();
      sum[1]++;
    }
    return sums.entrySet().stream()
        .map(e ->
            new MemoryShare(
                e.getKey().owner(), e.getKey().block(), e.getValue()[0], e.getValue()[1]))
        .sorted(
            Comparator.comparingLong(MemoryShare::bytes)
                .reversed()
                .thenComparing(MemoryShare::toString))
        .limit(count)
        .toList();
  }

  /** Powers of two in four steps each: at most a quarter is wasted. */
  private static long sizeClass(long bytes) {
    if (bytes > LARGEST_CLASS) {
      return bytes; // more than any device has
    }
    long needed = Math.max(ALIGNMENT, bytes);
    long power = Long.highestOneBit(needed);
    long step = Math.max(ALIGNMENT, power / 4);
    return (needed + step - 1) / step * step;
  }

  /** The number of a size class. */
  private static int index(long capacity) {
    int log = Long.SIZE - 1 - Long.numberOfLeadingZeros(capacity);
    return 4 * log + (int) (capacity >>> (log - 2)) - 4;
  }

  /** The size class of a number. */
  private static long capacity(int index) {
    return (index % 4 + 4L) << (index / 4 - 2);
  }
}
