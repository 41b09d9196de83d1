package io.gluonj.nn;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.truth.Correspondence;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.op.BooleanMask;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A block in which a shape depends on values. */
@EachDevice(reference = true)
class ValueDependentShapeTest {
  private final Device device;

  ValueDependentShapeTest(Device device) {
    this.device = device;
  }

  @io.gluonj.annotations.Block
  static class ChosenRows extends HybridBlock {
    final Dense first = new Dense(4);
    final BatchNorm norm = new BatchNorm();
    final Dense last = new Dense(2);

    @Forward
    Tensor forward(Tensor x, Tensor index) {
      Tensor rows = Ops.call(new BooleanMask(0), first.call(x), index);
      return last.call(norm.call(rows).relu());
    }
  }

  private NDArray array(float[] values, long... dims) {
    return NDArray.of(values, Shape.of(dims), device);
  }

  private record Result(
      Shape shape, List<Double> values, List<Double> gradient, List<Double> mean) {}

  private static List<Double> list(NDArray array) {
    return Arrays.stream(array.toDoubles()).boxed().toList();
  }

  private static void assertClose(List<Double> actual, List<Double> expected) {
    assertThat(actual)
        .comparingElementsUsing(Correspondence.tolerance(1e-5))
        .containsExactlyElementsIn(expected)
        .inOrder();
  }

  private Result run(ChosenRows net, float... index) {
    float[] data = new float[15];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) Math.sin(i);
    }
    NDArray loss;
    NDArray y;
    try (var _ = Autograd.record()) {
      y = net.call(array(data, 5, 3), array(index, 5));
      loss = y.square().sum();
    }
    loss.backward();
    return new Result(
        y.shape(),
        list(y),
        list(net.collectParams().at("first.weight").grad()),
        list(net.collectParams().at("norm.running_mean").data()));
  }

  private ChosenRows net() {
    ChosenRows net = new ChosenRows();
    net.initialize(new io.gluonj.initializer.Constant(0.3), device);
    return net;
  }

  @Test
  void aHybridizedBlockComputesWhatItComputesEagerly() {
    ChosenRows eager = net();
    ChosenRows hybrid = net();
    hybrid.hybridize();
    for (float[] index : new float[][] {{1, 0, 1, 1, 0}, {0, 1, 1, 1, 1}}) {
      Result expected = run(eager, index);
      Result actual = run(hybrid, index);
      assertThat(actual.shape()).isEqualTo(expected.shape());
      assertClose(actual.values(), expected.values());
      assertClose(actual.gradient(), expected.gradient());
      assertClose(actual.mean(), expected.mean());
    }
    assertThat(run(hybrid, 0, 0, 1, 0, 1).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(hybrid.compilations()).isEqualTo(0);
  }
}
