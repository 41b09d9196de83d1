package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.ptx.PtxMachine;
import io.gluonj.types.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs generated kernels as PTX and a definition over the same memory, and compares all results.
 */
final class NestComparison {
  /** Written before and after, to notice what is not written and what is too much. */
  private static final byte GUARD = 77;

  private static final int GUARD_BYTES = 64;

  /**
   * One result.
   *
   * @param tolerance of a difference relative to 1 + |expected|
   */
  record Result(DType type, long size, double tolerance) {}

  private NestComparison() {}

  /** Compares what kernels and a definition make of inputs. */
  static void check(
      String what,
      GpuKernels kernels,
      Kernel definition,
      List<MemorySegment> inputs,
      List<Result> results) {
    try (Arena arena = Arena.ofShared();
        PtxMachine machine = new PtxMachine()) {
      List<MemorySegment> actual = outputs(arena, results);
      List<MemorySegment> expected = outputs(arena, results);
      Stream.concat(inputs.stream(), actual.stream().map(NestComparison::inside))
          .forEach(machine::register);
      long scratch = machine.allocate(kernels.scratchBytes()).address();
      new PtxKernels(machine, arena)
          .of(kernels)
          .run(
              LongStream.concat(Arrays.stream(addresses(inputs, actual)), LongStream.of(scratch))
                  .toArray());
      definition.run(addresses(inputs, expected));
      for (int k = 0; k < results.size(); k++) {
        check(what + ", output " + k, results.get(k), actual.get(k), expected.get(k));
      }
    }
  }

  private static List<MemorySegment> outputs(Arena arena, List<Result> results) {
    var outputs = new ArrayList<MemorySegment>();
    for (Result result : results) {
      long bytes = result.size() * result.type().bytes();
      outputs.add(arena.allocate(bytes + 2 * GUARD_BYTES, 64).fill(GUARD));
    }
    return outputs;
  }

  private static MemorySegment inside(MemorySegment output) {
    return output.asSlice(GUARD_BYTES, output.byteSize() - 2 * GUARD_BYTES);
  }

  private static long[] addresses(List<MemorySegment> inputs, List<MemorySegment> outputs) {
    return Stream.concat(inputs.stream(), outputs.stream().map(NestComparison::inside))
        .mapToLong(MemorySegment::address)
        .toArray();
  }

  private static void check(
      String what, Result result, MemorySegment actual, MemorySegment expected) {
    DType type = result.type();
    long guards = GUARD_BYTES / type.bytes();
    for (long i = 0; i < actual.byteSize() / type.bytes(); i++) {
      double x = type.read(actual, i);
      double y = type.read(expected, i);
      boolean close =
          Double.compare(x, y) == 0
              || x == y
              || Math.abs(x - y) <= result.tolerance() * (1 + Math.abs(y));
      if (!close) {
        assertWithMessage("%s: element %s is %s, expected %s", what, i - guards, x, y).fail();
      }
    }
  }
}
