package io.gluonj.ptx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Runs kernels on host memory.
 *
 * <pre>{@code
 * try (var machine = new PtxMachine()) {
 *   MemorySegment x = machine.allocate(4 * n);
 *   machine.run(ptx, "scale", blocks, threads, x.address());
 * }
 * }</pre>
 *
 * <p>A fault is a {@link PtxException} that names kernel, line, thread and address.
 */
public final class PtxMachine implements AutoCloseable {
  /** What one block of a GPU of compute capability 8.0 can have. */
  private static final long MAX_SHARED = 163 * 1024;

  private static final int MAX_THREADS = 1024;
  private static final int GUARD = 256;

  private final Arena arena = Arena.ofShared();
  private final Regions regions = new Regions();
  private final AtomicLong executed = new AtomicLong();
  private int workers = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** Sets how many threads of the JVM run blocks at once. */
  public PtxMachine workers(int count) {
    workers = count;
    return this;
  }

  /**
   * Memory that kernels may touch, aligned to 256 bytes as on a GPU and filled with 0xFF. Nothing
   * else that kernels may touch lies near it.
   */
  public MemorySegment allocate(long bytes) {
    MemorySegment all = arena.allocate(bytes + 2 * GUARD, GUARD);
    return register(all.asSlice(GUARD, bytes).fill((byte) 0xFF));
  }

  /** Lets kernels touch native memory of the caller. */
  public MemorySegment register(MemorySegment memory) {
    regions.add(memory.address(), memory.byteSize());
    return memory;
  }

  /** Runs a kernel of one-dimensional grid and blocks, all of whose parameters are pointers. */
  public void run(String ptx, String kernel, long blocks, int threads, long... pointers) {
    try (Arena own = Arena.ofShared()) {
      var module = new PtxModule(ptx, own);
      launch(module, kernel, Dim.of(Math.toIntExact(blocks)), Dim.of(threads), 0, pointers);
    }
  }

  /** Runs a kernel of a module, all of whose parameters have 64 bits. */
  public void launch(
      PtxModule module, String kernel, Dim grid, Dim block, long dynamicShared, long... pointers) {
    List<PtxModule.Parameter> parameters = module.parameters(kernel);
    if (parameters.size() != pointers.length) {
      throw new PtxException(
          "Kernel '%s' has %d parameters, %d were passed"
              .formatted(kernel, parameters.size(), pointers.length));
    }
    try (Arena own = Arena.ofShared()) {
      MemorySegment bytes = own.allocate(Math.max(8L * pointers.length, 8), 8);
      for (int i = 0; i < pointers.length; i++) {
        bytes.setAtIndex(ValueLayout.JAVA_LONG, i, pointers[i]);
      }
      launch(module, kernel, grid, block, dynamicShared, bytes, regions);
    }
  }

  /**
   * Runs a kernel.
   *
   * @param parameters their bytes, as {@link PtxModule#parameters} lays them out
   * @param map what it may touch besides the module's variables
   * @return instructions executed
   */
  public long launch(
      PtxModule module,
      String kernel,
      Dim grid,
      Dim block,
      long dynamicShared,
      MemorySegment parameters,
      DeviceMap map) {
    Kernel code = module.kernel(kernel);
    long shared = code.code().sharedBytes() + dynamicShared;
    if (block.size() > MAX_THREADS || shared > MAX_SHARED) {
      throw new PtxException(
          "Kernel '%s' is launched with %d threads and %d bytes of shared memory in each block,"
                  .formatted(kernel, block.size(), shared)
              + " %d and %d are the most".formatted(MAX_THREADS, MAX_SHARED));
    }
    DeviceMap both =
        address -> {
          DeviceMap.Region region = map.region(address);
          return region == null ? module.region(address) : region;
        };
    long count = run(new Launch(code, grid, block, dynamicShared, parameters, both));
    executed.addAndGet(count);
    return count;
  }

  /** Instructions executed by all launches. */
  public long executed() {
    return executed.get();
  }

  /** Blocks are taken from the end, as if the last had been the quickest to start. */
  private long run(Launch launch) {
    long blocks = launch.grid().size();
    int count = (int) Math.min(workers, blocks);
    var left = new AtomicLong(blocks);
    return IntStream.range(0, count)
        .parallel()
        .mapToLong(_ -> {
          try (Arena own = Arena.ofShared()) {
            var block = new Block(launch, own);
            for (long i = left.decrementAndGet(); i >= 0; i = left.decrementAndGet()) {
              block.run(i);
            }
            return block.executed();
          }
        })
        .sum();
  }

  @Override
  public void close() {
    arena.close();
  }
}
