package io.gluonj.gluon;

import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;

/** The blocks the tests use, and where they run. */
final class Samples {
  static final Device DEVICE = Device.reference();

  private Samples() {}

  /** An array on the tests' device: 0, 1, 2, … times a factor. */
  static NDArray ramp(double factor, long... shape) {
    Shape s = Shape.of(shape);
    float[] values = new float[Math.toIntExact(s.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (i * factor);
    }
    return NDArray.of(values, s, DEVICE);
  }

  static NDArray array(float[] values, long... shape) {
    return NDArray.of(values, Shape.of(shape), DEVICE);
  }

  /** {@code x W' + b}, of known or unknown input width. */
  @io.gluonj.annotations.Block
  static class Linear extends HybridBlock {
    final int units;
    final int inUnits;

    @Param(shape = {"units", "inUnits"})
    Parameter weight;

    @Param(shape = "units", init = "zeros")
    Parameter bias;

    Linear(int units, int inUnits) {
      this.units = units;
      this.inUnits = inUnits;
    }

    Linear(int units) {
      this(units, 0);
    }

    @Forward
    Tensor forward(Tensor x, Tensor weight, Tensor bias) {
      return x.dot(weight.transpose()).add(bias);
    }
  }

  /** Two layers with a nonlinearity between them. */
  @io.gluonj.annotations.Block
  static class Net extends HybridBlock {
    final Linear first = new Linear(4);
    final Linear second = new Linear(3);

    @Forward
    Tensor forward(Tensor x) {
      return second.call(first.call(x).tanh());
    }
  }

  /** Two inputs and two outputs. */
  @io.gluonj.annotations.Block
  static class SumAndProduct extends HybridBlock {
    @Forward
    List<Tensor> forward(Tensor a, Tensor b) {
      return List.of(a.add(b), a.mul(b));
    }
  }

  /** Written for arrays: it reads a value. */
  @io.gluonj.annotations.Block
  static class Imperative extends io.gluonj.gluon.Block {
    @Forward
    NDArray forward(NDArray x) {
      try (NDArray sum = x.sum()) {
        return sum.item() > 0 ? x.mul(2) : x.mul(-1);
      }
    }
  }

  /** Has a parameter that its output does not depend on. */
  @io.gluonj.annotations.Block
  static class Forgetful extends HybridBlock {
    final Linear used = new Linear(2);
    final Linear unused = new Linear(2, 2);

    @Forward
    Tensor forward(Tensor x) {
      return used.call(x);
    }
  }
}
