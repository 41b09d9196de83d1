package io.gluonj.function;

import io.gluonj.op.Activations;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ActivationFunctions2 extends ActivationFunctions
    permits ReductionFunctions {
  ActivationFunctions2() {}

  /** {@code softmax(-x)}. */
  public static <T extends Tensor> T softmin(T data, Tensor length) {
    return one(new SoftmaxOps.Softmin(-1, Optional.empty(), true), data, length);
  }

  /**
   * {@code softmax(-x)}.
   *
   * <p>MXNet {@code softmin}.
   */
  public static <T extends Tensor> T softmin(
      T data, Tensor length, Consumer<SoftminAttributes> attributes) {
    return one(set(new SoftminAttributes(), attributes).op(true), data, length);
  }

  /** {@code softmax(-x)}. */
  public static <T extends Tensor> T softmin(T data) {
    return one(new SoftmaxOps.Softmin(-1, Optional.empty(), false), data);
  }

  /** {@code softmax(-x)}. */
  public static <T extends Tensor> T softmin(T data, Consumer<SoftminAttributes> attributes) {
    return one(set(new SoftminAttributes(), attributes).op(false), data);
  }

  /** Attributes of {@code softmin}. */
  public static final class SoftminAttributes extends Attributes {
    private int axis = -1;
    private Optional<Double> temperature = Optional.empty();

    private SoftminAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public SoftminAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** What the input is divided by first; none by default. */
    public SoftminAttributes temperature(double temperature) {
      this.temperature = Optional.of(temperature);
      return this;
    }

    private SoftmaxOps.Softmin op(boolean useLength) {
      return new SoftmaxOps.Softmin(axis, temperature, useLength);
    }
  }

  /**
   * {@code log(1 + exp(x))}, MXNet's softrelu, without overflow.
   *
   * <p>ONNX {@code Softplus}.
   */
  public static <T extends Tensor> T softrelu(T data) {
    return one(new Activations.SoftRelu(), data);
  }

  /**
   * {@code x / (1 + |x|)}.
   *
   * <p>MXNet {@code softsign}; ONNX {@code Softsign}.
   */
  public static <T extends Tensor> T softsign(T data) {
    return one(new Activations.SoftSign(), data);
  }
}
