package io.gluonj.codegen;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many threads share a number of equal tasks.
 *
 * @param count tasks
 * @param blocks thread blocks, at least 1
 * @param threads in each block
 */
record Grid(long count, long blocks, int threads) {
  /** Enough to fill a GPU and few enough to keep positions small; 256 fit any register count. */
  static final int THREADS = 256;

  private static final long MAX_BLOCKS = 1L << 20;

  /** One thread for each task, up to a number at which threads take several tasks. */
  static Grid of(long count) {
    long blocks = Math.ceilDiv(count, (long) THREADS);
    return new Grid(count, Math.clamp(blocks, 1, MAX_BLOCKS), THREADS);
  }

  /** A power of two threads for a block with this much work, a whole warp at least. */
  static int threadsFor(long work) {
    return (int) Long.highestOneBit(2 * Math.clamp(work, 17, THREADS) - 1);
  }

  /** Threads of the whole grid. */
  long size() {
    return blocks * threads;
  }

  /** A launch on the operator's first {@code operands} addresses, in their order. */
  GpuKernels.Launch launch(String function, int operands) {
    List<Integer> all = IntStream.range(0, operands).boxed().toList();
    return new GpuKernels.Launch(function, all, blocks, threads);
  }

  /** One block for each task. */
  static Grid blocks(long count, int threads) {
    return new Grid(count, Math.clamp(count, 1, Integer.MAX_VALUE), threads);
  }
}
