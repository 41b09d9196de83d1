package io.gluonj.backend.cpu;

import io.gluonj.codegen.HostLoops;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;

/** Loops that read extents and strides from memory, which is their last operand. */
final class NumberedLoops {
  private final LoopKernel loops;

  /** What the code reads; freed with this object. */
  private final MemorySegment numbers;

  NumberedLoops(CpuRuntime runtime, HostLoops loops, List<Long> numbers) {
    this.loops = new LoopKernel(runtime, loops);
    long[] values = numbers.stream().mapToLong(Long::longValue).toArray();
    this.numbers = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, values);
  }

  /**
   * Runs.
   *
   * @param addresses of all operands but the numbers
   */
  void run(long[] addresses) {
    long[] all = Arrays.copyOf(addresses, addresses.length + 1);
    all[addresses.length] = numbers.address();
    try {
      loops.run(all);
    } finally {
      Reference.reachabilityFence(numbers);
    }
  }
}
