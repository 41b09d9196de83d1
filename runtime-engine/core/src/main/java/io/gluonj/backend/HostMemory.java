package io.gluonj.backend;

import io.gluonj.types.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The computer's own memory, outside the Java heap, for backends that run on the processor. */
public final class HostMemory implements DeviceMemory.Provider {
  private final Map<Long, Arena> arenas = new ConcurrentHashMap<>();

  private HostMemory() {}

  /** Memory for a device that runs on the processor. */
  public static DeviceMemory of(Device device) {
    return new DeviceMemory(device, new HostMemory(), limit());
  }

  /** {@code -Dgluonj.memory.limit} in bytes, else three quarters of the physical memory. */
  private static long limit() {
    Long stated = Long.getLong("gluonj.memory.limit");
    if (stated != null) {
      return stated;
    }
    var system = ManagementFactory.getOperatingSystemMXBean();
    long physical =
        system instanceof com.sun.management.OperatingSystemMXBean os
            ? os.getTotalMemorySize()
            : 4L << 30;
    return physical / 4 * 3;
  }

  /** The arena is closed by {@link #free}, with the block it holds. */
  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public long allocate(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      long address = arena.allocate(bytes, 64).address();
      arenas.put(address, arena);
      return address;
    } catch (OutOfMemoryError e) {
      arena.close();
      return 0; // reported by the pool, which knows who holds what
    }
  }

  @Override
  public void free(long address, long bytes) {
    Arena arena = arenas.remove(address);
    if (arena != null) {
      arena.close();
    }
  }

  /** A view of host memory at an address; the caller answers for its extent. */
  @SuppressWarnings("restricted")
  public static MemorySegment view(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** Copies between addresses of host memory. */
  public static void copy(long source, long target, long bytes) {
    view(target, bytes).copyFrom(view(source, bytes));
  }
}
