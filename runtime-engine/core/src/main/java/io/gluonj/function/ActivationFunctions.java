package io.gluonj.function;

import io.gluonj.op.Activation;
import io.gluonj.op.Activations;
import io.gluonj.op.LeakyReLU;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.op.Units;
import io.gluonj.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ActivationFunctions extends ElementwiseFunctions2
    permits ActivationFunctions2 {
  ActivationFunctions() {}

  /**
   * MXNet's Activation: one of seven functions, chosen by an attribute.
   *
   * <p>MXNet {@code Activation}.
   */
  public static <T extends Tensor> T activation(T data, Activation.Type actType) {
    return one(new Activation(actType), data);
  }

  /** {@code alpha * x + beta}, restricted to [0, 1]. */
  public static <T extends Tensor> T hardSigmoid(T data) {
    return one(new Units.HardSigmoid(0.2, 0.5), data);
  }

  /**
   * {@code alpha * x + beta}, restricted to [0, 1].
   *
   * <p>MXNet {@code hard_sigmoid}; ONNX {@code HardSigmoid}.
   */
  public static <T extends Tensor> T hardSigmoid(
      T data, Consumer<HardSigmoidAttributes> attributes) {
    return one(set(new HardSigmoidAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code hardSigmoid}. */
  public static final class HardSigmoidAttributes extends Attributes {
    private double alpha = 0.2;
    private double beta = 0.5;

    private HardSigmoidAttributes() {}

    /** The factor of the result; 0.2 by default. */
    public HardSigmoidAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The factor of, or what is added to, the result; 0.5 by default. */
    public HardSigmoidAttributes beta(double beta) {
      this.beta = beta;
      return this;
    }

    private Units.HardSigmoid op() {
      return new Units.HardSigmoid(alpha, beta);
    }
  }

  /** MXNet's LeakyReLU: one of six functions that differ below 0, chosen by an attribute. */
  public static <T extends Tensor> T leakyReLU(T data, Tensor gamma) {
    return one(new LeakyReLU(LeakyReLU.Type.LEAKY, 0.25, 0.125, 0.334), data, gamma);
  }

  /**
   * MXNet's LeakyReLU: one of six functions that differ below 0, chosen by an attribute. {@code
   * RRELU} draws the slope from [lowerBound, upperBound) in training mode and uses its mean else;
   * its hidden second output is the slopes.
   *
   * <p>MXNet {@code LeakyReLU}.
   */
  public static <T extends Tensor> T leakyReLU(
      T data, Tensor gamma, Consumer<LeakyReLUAttributes> attributes) {
    return one(set(new LeakyReLUAttributes(), attributes).op(), data, gamma);
  }

  /** MXNet's LeakyReLU: one of six functions that differ below 0, chosen by an attribute. */
  public static <T extends Tensor> T leakyReLU(T data) {
    return one(new LeakyReLU(LeakyReLU.Type.LEAKY, 0.25, 0.125, 0.334), data);
  }

  /** MXNet's LeakyReLU: one of six functions that differ below 0, chosen by an attribute. */
  public static <T extends Tensor> T leakyReLU(T data, Consumer<LeakyReLUAttributes> attributes) {
    return one(set(new LeakyReLUAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code leakyReLU}. */
  public static final class LeakyReLUAttributes extends Attributes {
    private LeakyReLU.Type actType = LeakyReLU.Type.LEAKY;
    private double slope = 0.25;
    private double lowerBound = 0.125;
    private double upperBound = 0.334;

    private LeakyReLUAttributes() {}

    /** The function; {@code leaky} by default. */
    public LeakyReLUAttributes actType(LeakyReLU.Type actType) {
      this.actType = actType;
      return this;
    }

    /** The slope for negative numbers; 0.25 by default. */
    public LeakyReLUAttributes slope(double slope) {
      this.slope = slope;
      return this;
    }

    /** The least norm of weights; negative for no bound; 0.125 by default. */
    public LeakyReLUAttributes lowerBound(double lowerBound) {
      this.lowerBound = lowerBound;
      return this;
    }

    /** The greatest norm of weights; negative for no bound; 0.334 by default. */
    public LeakyReLUAttributes upperBound(double upperBound) {
      this.upperBound = upperBound;
      return this;
    }

    private LeakyReLU op() {
      return new LeakyReLU(actType, slope, lowerBound, upperBound);
    }
  }

  /**
   * {@code log(sigmoid(x))} without overflow.
   *
   * <p>MXNet {@code log_sigmoid}.
   */
  public static <T extends Tensor> T logSigmoid(T data) {
    return one(new Units.LogSigmoid(), data);
  }

  /** {@code log(softmax(x))} without overflow. */
  public static <T extends Tensor> T logSoftmax(T data, Tensor length, int axis) {
    return one(new SoftmaxOps.LogSoftmax(axis, Optional.empty(), true), data, length);
  }

  /** {@code log(softmax(x))} without overflow. */
  public static <T extends Tensor> T logSoftmax(T data, Tensor length) {
    return one(new SoftmaxOps.LogSoftmax(-1, Optional.empty(), true), data, length);
  }

  /**
   * {@code log(softmax(x))} without overflow.
   *
   * <p>MXNet {@code log_softmax}; ONNX {@code LogSoftmax}.
   */
  public static <T extends Tensor> T logSoftmax(
      T data, Tensor length, Consumer<LogSoftmaxAttributes> attributes) {
    return one(set(new LogSoftmaxAttributes(), attributes).op(true), data, length);
  }

  /** {@code log(softmax(x))} without overflow. */
  public static <T extends Tensor> T logSoftmax(T data, int axis) {
    return one(new SoftmaxOps.LogSoftmax(axis, Optional.empty(), false), data);
  }

  /** {@code log(softmax(x))} without overflow. */
  public static <T extends Tensor> T logSoftmax(T data) {
    return one(new SoftmaxOps.LogSoftmax(-1, Optional.empty(), false), data);
  }

  /** {@code log(softmax(x))} without overflow. */
  public static <T extends Tensor> T logSoftmax(T data, Consumer<LogSoftmaxAttributes> attributes) {
    return one(set(new LogSoftmaxAttributes(), attributes).op(false), data);
  }

  /** Attributes of {@code logSoftmax}. */
  public static final class LogSoftmaxAttributes extends Attributes {
    private int axis = -1;
    private Optional<Double> temperature = Optional.empty();

    private LogSoftmaxAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public LogSoftmaxAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** What the input is divided by first; none by default. */
    public LogSoftmaxAttributes temperature(double temperature) {
      this.temperature = Optional.of(temperature);
      return this;
    }

    private SoftmaxOps.LogSoftmax op(boolean useLength) {
      return new SoftmaxOps.LogSoftmax(axis, temperature, useLength);
    }
  }

  /**
   * {@code x * tanh(log(1 + exp(x)))} (Misra, BMVC 2020).
   *
   * <p>MXNet {@code mish}; ONNX {@code Mish}.
   */
  public static <T extends Tensor> T mish(T data) {
    return one(new Units.Mish(), data);
  }

  /**
   * {@code max(x, 0)}; the gradient at 0 is 0.
   *
   * <p>MXNet {@code relu}; ONNX {@code Relu}.
   */
  public static <T extends Tensor> T relu(T data) {
    return one(new Activations.Relu(), data);
  }

  /**
   * {@code 1 / (1 + exp(-x))}, written with tanh so that no exponential overflows.
   *
   * <p>MXNet {@code sigmoid}; ONNX {@code Sigmoid}.
   */
  public static <T extends Tensor> T sigmoid(T data) {
    return one(new Activations.Sigmoid(), data);
  }

  /**
   * {@code x * sigmoid(x)}, also called swish (Ramachandran et al., 2017).
   *
   * <p>ONNX {@code Swish}.
   */
  public static <T extends Tensor> T silu(T data) {
    return one(new Units.Silu(), data);
  }

  /**
   * {@code s²x²/2} where {@code |x| < 1/s²}, else {@code |x| - 1/(2s²)}, s being the scalar (Fast
   * R-CNN, Girshick, ICCV 2015).
   */
  public static <T extends Tensor> T smoothL1(T data) {
    return one(new Units.SmoothL1(1), data);
  }

  /**
   * {@code s²x²/2} where {@code |x| < 1/s²}, else {@code |x| - 1/(2s²)}, s being the scalar (Fast
   * R-CNN, Girshick, ICCV 2015).
   *
   * <p>MXNet {@code smooth_l1}.
   */
  public static <T extends Tensor> T smoothL1(T data, Consumer<SmoothL1Attributes> attributes) {
    return one(set(new SmoothL1Attributes(), attributes).op(), data);
  }

  /** Attributes of {@code smoothL1}. */
  public static final class SmoothL1Attributes extends Attributes {
    private double scalar = 1;

    private SmoothL1Attributes() {}

    /** The number; 1 by default. */
    public SmoothL1Attributes scalar(double scalar) {
      this.scalar = scalar;
      return this;
    }

    private Units.SmoothL1 op() {
      return new Units.SmoothL1(scalar);
    }
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  public static <T extends Tensor> T softmax(T data, Tensor length, int axis) {
    return one(new SoftmaxOps.Softmax(axis, Optional.empty(), true), data, length);
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  public static <T extends Tensor> T softmax(T data, Tensor length) {
    return one(new SoftmaxOps.Softmax(-1, Optional.empty(), true), data, length);
  }

  /**
   * {@code exp(x) / sum(exp(x))} along an axis.
   *
   * <p>MXNet {@code softmax}; ONNX {@code Softmax}.
   */
  public static <T extends Tensor> T softmax(
      T data, Tensor length, Consumer<SoftmaxAttributes> attributes) {
    return one(set(new SoftmaxAttributes(), attributes).op(true), data, length);
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  public static <T extends Tensor> T softmax(T data, int axis) {
    return one(new SoftmaxOps.Softmax(axis, Optional.empty(), false), data);
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  public static <T extends Tensor> T softmax(T data) {
    return one(new SoftmaxOps.Softmax(-1, Optional.empty(), false), data);
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  public static <T extends Tensor> T softmax(T data, Consumer<SoftmaxAttributes> attributes) {
    return one(set(new SoftmaxAttributes(), attributes).op(false), data);
  }

  /** Attributes of {@code softmax}. */
  public static final class SoftmaxAttributes extends Attributes {
    private int axis = -1;
    private Optional<Double> temperature = Optional.empty();

    private SoftmaxAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public SoftmaxAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** What the input is divided by first; none by default. */
    public SoftmaxAttributes temperature(double temperature) {
      this.temperature = Optional.of(temperature);
      return this;
    }

    private SoftmaxOps.Softmax op(boolean useLength) {
      return new SoftmaxOps.Softmax(axis, temperature, useLength);
    }
  }
}
