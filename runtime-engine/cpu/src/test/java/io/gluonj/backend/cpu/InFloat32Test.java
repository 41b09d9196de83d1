package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.Dnnl;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.Conv;
import io.gluonj.op.Infer;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OverImages;
import io.gluonj.op.Window;
import io.gluonj.testing.OperatorTable;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Products and what computes on images, for operands of half the size of float32. */
final class InFloat32Test {
  private static final long SEED = 31;

  private static TensorType type(DType dtype, long... dims) {
    return new TensorType(Shape.of(dims), dtype);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheDefinition() {
    return OperatorTable.samples().stream()
        .filter(s -> s.op() instanceof MatMul || s.op() instanceof OverImages)
        // the gradients at maxima read positions, which these numbers are not
        .filter(s -> !(s.op() instanceof MaxPool.Grad))
        .flatMap(s ->
            Stream.of(DType.BFLOAT16, DType.FLOAT16)
                .map(half ->
                    DynamicTest.dynamicTest(
                        half + " " + s.op() + " of " + s.types(), () -> compare(s, half))));
  }

  private static void compare(OpSchema.Sample sample, DType half) {
    var op = (Op.Library) sample.op();
    List<TensorType> in =
        sample.types().stream().map(t -> new TensorType(t.shape(), half)).toList();
    List<TensorType> out = Infer.outputs(op, "", in);
    assertThat(out.getFirst().dtype()).isEqualTo(half);
    boolean statistics = op instanceof BatchNormTraining || op instanceof BatchNormTraining.Grad;
    new Comparison(SEED, half == DType.BFLOAT16 ? 1 / 64.0 : 1 / 512.0)
        .range(statistics ? 0.5 : -1, 1)
        .library(op, in, out);
  }

  /** Weights of a prediction are converted once, and brought into order with it. */
  @Test
  void aConstantIsConvertedOnce() {
    assumeFalse(Dnnl.fastBfloat16(), "this processor multiplies bfloat16 by itself");
    var window = Window.of(List.of(3L, 3L), List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L));
    packed(
        new Conv(window, 1, true),
        List.of(
            type(DType.BFLOAT16, 2, 8, 9, 9),
            type(DType.BFLOAT16, 16, 8, 3, 3),
            type(DType.BFLOAT16, 16)));
    packed(
        new MatMul(false, true, false),
        List.of(type(DType.FLOAT16, 5, 7), type(DType.FLOAT16, 6, 7)));
  }

  private static void packed(Op.Library op, List<TensorType> in) {
    List<TensorType> out = Infer.outputs(op, "", in);
    Kernel plain = new CpuBackend().library(Device.cpu(), op, in, out);
    Kernel.Packed packed = Objects.requireNonNull(plain.packed(1));
    try (Arena arena = Arena.ofConfined()) {
      var random = new Random(SEED);
      var operands = new ArrayList<MemorySegment>();
      for (TensorType type : in) {
        MemorySegment values = arena.allocate(type.bytes(), 64);
        for (long i = 0; i < type.shape().size(); i++) {
          type.dtype().write(values, i, random.nextDouble() * 2 - 1);
        }
        operands.add(values);
      }
      byte[] expected = run(arena, plain, operands, out.getFirst());
      MemorySegment block = arena.allocate(packed.bytes(), 64);
      packed
          .packing()
          .run(
              new long[] {
                operands.get(1).address(),
                block.address(),
                arena.allocate(Math.max(64, packed.packing().scratchBytes()), 64).address()
              });
      operands.set(1, block);
      assertThat(run(arena, packed.kernel(), operands, out.getFirst())).isEqualTo(expected);
    }
  }

  private static byte[] run(
      Arena arena, Kernel kernel, List<MemorySegment> operands, TensorType out) {
    MemorySegment result = arena.allocate(out.bytes(), 64);
    MemorySegment scratch = arena.allocate(Math.max(64, kernel.scratchBytes()), 64);
    kernel.run(
        Stream.concat(operands.stream(), Stream.of(result, scratch))
            .mapToLong(MemorySegment::address)
            .toArray());
    return result.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }
}
