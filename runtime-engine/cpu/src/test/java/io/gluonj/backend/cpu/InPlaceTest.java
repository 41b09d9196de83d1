package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.types.DType.FLOAT32;

import io.gluonj.backend.Backends;
import io.gluonj.backend.DeviceMemory;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.op.Scalar;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New values in the place of old ones, and never where somebody still sees those. */
final class InPlaceTest {
  private static final Device CPU = Device.cpu();
  private static final int SIZE = 100_003;

  @Test
  void kernelsMayWriteOverWhatTheyReadAtTheSamePlaces() {
    long rows = 61;
    long columns = 1003;
    Scalar sum = Scalar.arg(0).times(Scalar.arg(2)).plus(Scalar.arg(1));
    LoopNest nest =
        new LoopNest(
            longs(rows, columns),
            List.of(),
            List.of(
                access(0, FLOAT32, 0, columns, 1),
                access(1, FLOAT32, 0, columns, 1),
                access(2, FLOAT32, 0, 0, 1)),
            List.of(
                new Store(access(0, FLOAT32, 0, columns, 1), sum, Scalar.arg(0)),
                new Store(
                    access(1, FLOAT32, 0, columns, 1), sum.minus(Scalar.arg(0)), Scalar.arg(0))),
            Reduction.NONE);
    int n = (int) (rows * columns);
    try (Arena arena = Arena.ofConfined()) {
      var fill = new Comparison(5, 0);
      MemorySegment a = fill.fill(arena, Comparison.floats(n), -1, 1);
      MemorySegment b = fill.fill(arena, Comparison.floats(n), -1, 1);
      MemorySegment scale = fill.fill(arena, Comparison.floats(columns), -1, 1);
      MemorySegment first = arena.allocate(4L * n, 64);
      MemorySegment second = arena.allocate(4L * n, 64);
      var kernel = new CpuBackend().loops(CPU, nest, 3);
      kernel.run(
          new long[] {
            a.address(), b.address(), scale.address(), first.address(), second.address()
          });
      kernel.run(new long[] {a.address(), b.address(), scale.address(), a.address(), b.address()});

      assertThat(Comparison.read(a, n))
          .usingExactEquality()
          .containsExactly(Comparison.read(first, n))
          .inOrder();
      assertThat(Comparison.read(b, n))
          .usingExactEquality()
          .containsExactly(Comparison.read(second, n))
          .inOrder();
    }
  }

  private static NDArray filled(double value) {
    return NDArray.full(value, Comparison.floats(SIZE), CPU);
  }

  private static void update(NDArray weight, NDArray gradient) {
    try (var _ = Autograd.pause();
        var _ = TensorScope.open()) {
      Ops.callAll(new OptimizerUpdates.SgdUpdate(0.5, 0, 1, -1), "", List.of(weight, gradient));
    }
  }

  @Test
  void anUpdateOfAnArrayNobodyElseSeesNeedsNoMemory() {
    DeviceMemory memory = Backends.of(CPU).memory(CPU);
    try (NDArray weight = filled(1);
        NDArray gradient = filled(2)) {
      memory.resetPeak();
      long before = memory.figures().peak();
      update(weight, gradient);
      update(weight, gradient);

      assertThat(memory.figures().peak()).isEqualTo(before);
      assertThat(weight.toFloats()[SIZE - 1]).isEqualTo(-1f);
    }
  }

  @Test
  void aViewKeepsTheValuesItWasMadeFrom() {
    try (NDArray weight = filled(1);
        NDArray gradient = filled(2);
        NDArray view = weight.detach()) {
      update(weight, gradient);

      assertThat(view.toFloats()[0]).isEqualTo(1f);
      assertThat(weight.toFloats()[0]).isEqualTo(0f);
    }
  }

  @Test
  void valuesKeptForBackwardStayWhatTheyWere() {
    try (NDArray weight = filled(3);
        NDArray gradient = filled(2);
        NDArray x = filled(5)) {
      x.attachGrad();
      NDArray y;
      try (var _ = Autograd.record()) {
        y = x.mul(weight);
      }
      update(weight, gradient);
      y.backward();

      assertThat(x.grad().toFloats()[7]).isEqualTo(3f);
      assertThat(weight.toFloats()[7]).isEqualTo(2f);
      y.close();
    }
  }

  @Test
  void anArrayThatIsItsOwnGradientIsNotWrittenInPlace() {
    try (NDArray weight = filled(4)) {
      update(weight, weight);

      assertThat(weight.shape()).isEqualTo(Shape.of(SIZE));
      assertThat(weight.toFloats()[SIZE / 2]).isEqualTo(2f);
    }
  }
}
