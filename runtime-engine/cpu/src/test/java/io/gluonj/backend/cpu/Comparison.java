package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Op;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Runs the same on the CPU and on the reference backend and compares all results. */
final class Comparison {
  private static final CpuBackend CPU = new CpuBackend();
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();

  /** Written behind every result, to notice kernels that write too far. */
  private static final double GUARD = 77;

  private final long seed;
  private final Random random;
  private final double tolerance;
  private double low = -2;
  private double high = 2;

  /**
   * Begins.
   *
   * @param tolerance of a difference relative to 1 + |expected|
   */
  Comparison(long seed, double tolerance) {
    this.seed = seed;
    this.random = new Random(seed);
    this.tolerance = tolerance;
  }

  /** Random values come from this range. */
  Comparison range(double low, double high) {
    this.low = low;
    this.high = high;
    return this;
  }

  static Access access(int operand, DType type, long offset, long... strides) {
    return new Access(operand, type, offset, LongStream.of(strides).boxed().toList());
  }

  static LoopNest map(List<Long> extents, List<Access> loads, Access store, Scalar body) {
    return new LoopNest(
        extents, List.of(), loads, List.of(new Store(store, body, Scalar.arg(0))), Reduction.NONE);
  }

  /** Runs a nest with one output over random inputs of the given numbers of elements. */
  void nest(LoopNest nest, List<Long> inputSizes, long outputSize) {
    try (Arena arena = Arena.ofConfined()) {
      var inputs = new ArrayList<MemorySegment>();
      for (int i = 0; i < inputSizes.size(); i++) {
        int operand = i;
        DType type =
            nest.loads().stream()
                .filter(l -> l.operand() == operand)
                .map(Access::dtype)
                .findFirst()
                .orElse(DType.FLOAT32);
        inputs.add(fill(arena, new TensorType(Shape.of(inputSizes.get(i)), type), low, high));
      }
      List<TensorType> out =
          List.of(new TensorType(Shape.of(outputSize), nest.stores().getFirst().access().dtype()));
      int n = inputs.size();
      compare(
          arena,
          "nest " + nest,
          inputs,
          out,
          CPU.loops(Device.cpu(), nest, n),
          REFERENCE.loops(Device.reference(), nest, n));
    }
  }

  /** Runs a library operator over random inputs. */
  void library(Op.Library op, List<TensorType> in, List<TensorType> out) {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> inputs = in.stream().map(t -> fill(arena, t, low, high)).toList();
      library(arena, op, in, inputs, out);
    }
  }

  /** Runs a library operator over given inputs. */
  void library(
      Arena arena,
      Op.Library op,
      List<TensorType> in,
      List<MemorySegment> inputs,
      List<TensorType> out) {
    compare(
        arena,
        op + " of " + in,
        inputs,
        out,
        CPU.library(Device.cpu(), op, in, out),
        REFERENCE.library(Device.reference(), op, in, out));
  }

  /** Memory with random values. */
  MemorySegment fill(Arena arena, TensorType type, double from, double to) {
    MemorySegment data = arena.allocate(Math.max(8, type.bytes()), 64);
    for (long i = 0; i < type.shape().size(); i++) {
      type.dtype().write(data, i, from + random.nextDouble() * (to - from));
    }
    return data;
  }

  private void compare(
      Arena arena,
      String what,
      List<MemorySegment> inputs,
      List<TensorType> out,
      Kernel cpu,
      Kernel reference) {
    List<double[]> actual = run(arena, inputs, out, cpu);
    List<double[]> expected = run(arena, inputs, out, reference);
    for (int k = 0; k < out.size(); k++) {
      check(what + ", output " + k + ", seed " + seed, actual.get(k), expected.get(k));
    }
  }

  private static List<double[]> run(
      Arena arena, List<MemorySegment> inputs, List<TensorType> out, Kernel kernel) {
    var addresses = new ArrayList<Long>();
    inputs.forEach(i -> addresses.add(i.address()));
    var results = new ArrayList<MemorySegment>();
    for (TensorType type : out) {
      long elements = type.shape().size() + 1;
      MemorySegment memory = arena.allocate(elements * type.dtype().bytes() + 64, 64);
      for (long i = 0; i < elements; i++) {
        type.dtype().write(memory, i, GUARD);
      }
      results.add(memory);
      addresses.add(memory.address());
    }
    if (kernel.scratchBytes() > 0) {
      addresses.add(arena.allocate(kernel.scratchBytes(), 64).address());
    }
    kernel.run(addresses.stream().mapToLong(a -> a).toArray());
    var values = new ArrayList<double[]>();
    for (int k = 0; k < out.size(); k++) {
      DType type = out.get(k).dtype();
      double[] read = new double[(int) out.get(k).shape().size() + 1];
      for (int i = 0; i < read.length; i++) {
        read[i] = type.read(results.get(k), i);
      }
      values.add(read);
    }
    return values;
  }

  void check(String what, double[] actual, double[] expected) {
    assertWithMessage(what).that(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      if (!close(actual[i], expected[i])) {
        assertWithMessage(
                "%s: element %s of %s is %s, expected %s",
                what, i, actual.length, actual[i], expected[i])
            .fail();
      }
    }
  }

  private boolean close(double actual, double expected) {
    return Double.compare(actual, expected) == 0
        || actual == expected
        || Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
  }

  static TensorType floats(long... dims) {
    return new TensorType(Shape.of(dims), DType.FLOAT32);
  }

  static List<Long> longs(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The values of float32 memory. */
  static float[] read(MemorySegment memory, int n) {
    return HostMemory.view(memory.address(), 4L * n).toArray(ValueLayout.JAVA_FLOAT);
  }
}
