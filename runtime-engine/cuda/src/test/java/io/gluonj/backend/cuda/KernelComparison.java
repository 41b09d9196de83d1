package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.Op;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Compares kernels with the definitions of operators, over random numbers. */
final class KernelComparison {
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();

  /** Surrounds every result and fills it, to notice what is not written and what is too much. */
  private static final byte GUARD = 77;

  private static final int GUARD_BYTES = 256;

  private final Random random = new Random(31);
  private final double tolerance;

  /**
   * Begins.
   *
   * @param tolerance of a difference relative to 1 + |expected|
   */
  KernelComparison(double tolerance) {
    this.tolerance = tolerance;
  }

  static TensorType floats(long... dims) {
    return new TensorType(Shape.of(dims), DType.FLOAT32);
  }

  /** Memory with random values. */
  MemorySegment fill(Arena arena, TensorType type, double from, double to) {
    MemorySegment data = arena.allocate(Math.max(8, type.bytes()), 64);
    for (long i = 0; i < type.shape().size(); i++) {
      type.dtype().write(data, i, from + random.nextDouble() * (to - from));
    }
    return data;
  }

  /** Runs a kernel and an operator's definition over random inputs. */
  void check(Kernel kernel, Op.Library op, List<TensorType> in, List<TensorType> out) {
    try (Arena arena = Arena.ofConfined()) {
      check(arena, kernel, op, in, in.stream().map(t -> fill(arena, t, -1, 1)).toList(), out);
    }
  }

  /** Runs a kernel and an operator's definition over given inputs. */
  void check(
      Arena arena,
      Kernel kernel,
      Op.Library op,
      List<TensorType> in,
      List<MemorySegment> inputs,
      List<TensorType> out) {
    Kernel definition = REFERENCE.library(Device.reference(), op, in, out);
    List<double[]> expected = run(arena, definition, inputs, out);
    List<double[]> actual = run(arena, kernel, inputs, out);
    for (int k = 0; k < out.size(); k++) {
      check(op + " of " + in + ", output " + k, actual.get(k), expected.get(k));
    }
  }

  /** Runs a kernel; checks that it writes nothing around its results. */
  static List<double[]> run(
      Arena arena, Kernel kernel, List<MemorySegment> inputs, List<TensorType> out) {
    var addresses = new ArrayList<Long>();
    inputs.forEach(i -> addresses.add(i.address()));
    var guarded = new ArrayList<MemorySegment>();
    for (TensorType type : out) {
      guarded.add(guarded(arena, type.bytes(), addresses));
    }
    if (kernel.scratchBytes() > 0) {
      guarded.add(guarded(arena, kernel.scratchBytes(), addresses));
    }
    kernel.run(addresses.stream().mapToLong(a -> a).toArray());
    for (MemorySegment memory : guarded) {
      for (long i = 0; i < GUARD_BYTES; i++) {
        assertWithMessage("byte %s before", i).that(memory.get(BYTE, i)).isEqualTo(GUARD);
        assertWithMessage("byte %s behind", i)
            .that(memory.get(BYTE, memory.byteSize() - 1 - i))
            .isEqualTo(GUARD);
      }
    }
    var values = new ArrayList<double[]>();
    for (int k = 0; k < out.size(); k++) {
      double[] read = new double[Math.toIntExact(out.get(k).shape().size())];
      MemorySegment result = guarded.get(k).asSlice(GUARD_BYTES);
      for (int i = 0; i < read.length; i++) {
        read[i] = out.get(k).dtype().read(result, i);
      }
      values.add(read);
    }
    return values;
  }

  private static final java.lang.foreign.ValueLayout.OfByte BYTE =
      java.lang.foreign.ValueLayout.JAVA_BYTE;

  private static MemorySegment guarded(Arena arena, long bytes, List<Long> addresses) {
    MemorySegment memory = arena.allocate(bytes + 2 * GUARD_BYTES, 256).fill(GUARD);
    addresses.add(memory.address() + GUARD_BYTES);
    return memory;
  }

  /** Compares all elements. */
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
}
