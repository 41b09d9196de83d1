package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.graph.Graph;
import io.gluonj.op.BooleanMask;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs and calls in which a shape depends on values. */
final class StepwiseTest {
  private static NDArray array(float[] values, long... dims) {
    return NDArray.of(values, Shape.of(dims), Device.reference());
  }

  private static final NDArray ROWS = array(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

  private static NDArray masked(NDArray data, NDArray index) {
    return (NDArray) Ops.call(new BooleanMask(0), data, index);
  }

  @Test
  void chosenRowsRemain() {
    NDArray y = masked(ROWS, array(new float[] {-1, 0, 0.5f}, 3));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(y.toFloats()).isEqualTo(new float[] {1, 2, 5, 6});
  }

  @Test
  void whereNothingIsChosenTheResultIsEmptyAndTheGradientZero() {
    NDArray x = array(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    x.attachGrad();
    NDArray y;
    try (var _ = Autograd.record()) {
      y = masked(x, array(new float[3], 3));
    }
    y.backward();
    assertThat(y.shape()).isEqualTo(Shape.of(0, 2));
    assertThat(x.grad().toFloats()).isEqualTo(new float[6]);
    assertThat(x.hasFreshGrad(false)).isTrue();
  }

  @Test
  void gradientsCanBeDifferentiatedAgain() {
    NDArray x = array(new float[] {1, 2, 3}, 3);
    x.attachGrad();
    NDArray slope;
    try (var _ = Autograd.record()) {
      NDArray y = masked(x, array(new float[] {1, 0, 1}, 3));
      NDArray cubes = y.mul(y).mul(y).sum();
      slope = Autograd.grad(List.of(cubes), List.of(x), true, true).getFirst().sum();
    }
    slope.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {6, 0, 18});
  }

  @Test
  void anIndexOfAnotherLengthIsRefused() {
    var e = assertThrows(ShapeException.class, () -> masked(ROWS, array(new float[4], 4)));
    assertThat(e).hasMessageThat().contains("a yes or no for each slice");
  }

  private static CompiledFunction function(Shape data) {
    Symbol x = Symbol.var("x", data);
    Symbol index = Symbol.var("index", Shape.of(3));
    Symbol rows = (Symbol) Ops.call(new BooleanMask(0), x, index);
    Symbol doubled = (Symbol) rows.mul(2);
    Graph graph = Graph.of(List.of(x, index), List.of(doubled, x, doubled));
    return new CompiledFunction("f", graph, Device.reference());
  }

  @Test
  void everyOutputOfAGraphIsAnArrayOfItsOwn() {
    NDArray index = array(new float[] {0, 1, 0}, 3);
    List<NDArray> y = function(Shape.of(3, 2)).call(List.of(ROWS, index));
    assertThat(y.get(0).toFloats()).isEqualTo(new float[] {6, 8});
    y.get(0).close();
    y.get(1).close();
    assertThat(y.get(2).toFloats()).isEqualTo(new float[] {6, 8});
    assertThat(ROWS.toFloats()).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void whatACallerPassesMustBeKnown() {
    assertThrows(
        InvalidArgumentException.class, () -> function(Shape.of(3, Shape.UNKNOWN)));
  }
}
