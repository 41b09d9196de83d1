package io.gluonj.nn;

import static com.google.common.truth.Truth.assertThat;

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

  private record Result(Shape shape, float[] values, float[] gradient, float[] mean) {}

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
        y.toFloats(),
        net.collectParams().at("first.weight").grad().toFloats(),
        net.collectParams().at("norm.running_mean").data().toFloats());
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
      assertThat(actual.values()).usingTolerance(1e-5).containsExactly(expected.values()).inOrder();
      assertThat(actual.gradient())
          .usingTolerance(1e-5)
          .containsExactly(expected.gradient())
          .inOrder();
      assertThat(actual.mean()).usingTolerance(1e-6).containsExactly(expected.mean()).inOrder();
    }
    assertThat(run(hybrid, 0, 0, 1, 0, 1).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(hybrid.compilations()).isEqualTo(0);
  }
}
