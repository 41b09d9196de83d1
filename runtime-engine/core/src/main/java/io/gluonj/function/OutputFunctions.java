package io.gluonj.function;

import io.gluonj.op.OutputLayers;
import io.gluonj.op.SoftmaxForms;
import io.gluonj.op.SoftmaxOutput;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class OutputFunctions extends NormalizationFunctions2
    permits OutputFunctions2 {
  OutputFunctions() {}

  /** The input, whose gradient is multiplied by a number (for example to reverse it). */
  public static <T extends Tensor> T gradientmultiplier(T data) {
    return one(new OutputLayers.GradientMultiplier(0), data);
  }

  /**
   * The input, whose gradient is multiplied by a number (for example to reverse it).
   *
   * <p>MXNet {@code _contrib_gradientmultiplier}.
   */
  public static <T extends Tensor> T gradientmultiplier(
      T data, Consumer<GradientmultiplierAttributes> attributes) {
    return one(set(new GradientmultiplierAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code gradientmultiplier}. */
  public static final class GradientmultiplierAttributes extends Attributes {
    private double scalar = 0;

    private GradientmultiplierAttributes() {}

    /** The number; 0 by default. */
    public GradientmultiplierAttributes scalar(double scalar) {
      this.scalar = scalar;
      return this;
    }

    private OutputLayers.GradientMultiplier op() {
      return new OutputLayers.GradientMultiplier(scalar);
    }
  }

  /** Mean squared error: the gradient is {@code prediction - label}. */
  public static <T extends Tensor> T linearRegressionOutput(T data, T label) {
    return one(new OutputLayers.LinearRegressionOutput(1), data, label);
  }

  /**
   * Mean squared error: the gradient is {@code prediction - label}.
   *
   * <p>MXNet {@code LinearRegressionOutput}.
   */
  public static <T extends Tensor> T linearRegressionOutput(
      T data, T label, Consumer<LinearRegressionOutputAttributes> attributes) {
    return one(set(new LinearRegressionOutputAttributes(), attributes).op(), data, label);
  }

  /** Attributes of {@code linearRegressionOutput}. */
  public static final class LinearRegressionOutputAttributes extends Attributes {
    private double gradScale = 1;

    private LinearRegressionOutputAttributes() {}

    /** The factor of the gradient; 1 by default. */
    public LinearRegressionOutputAttributes gradScale(double gradScale) {
      this.gradScale = gradScale;
      return this;
    }

    private OutputLayers.LinearRegressionOutput op() {
      return new OutputLayers.LinearRegressionOutput(gradScale);
    }
  }

  /** Sigmoid with cross-entropy: the gradient is {@code prediction - label}. */
  public static <T extends Tensor> T logisticRegressionOutput(T data, T label) {
    return one(new OutputLayers.LogisticRegressionOutput(1), data, label);
  }

  /**
   * Sigmoid with cross-entropy: the gradient is {@code prediction - label}.
   *
   * <p>MXNet {@code LogisticRegressionOutput}.
   */
  public static <T extends Tensor> T logisticRegressionOutput(
      T data, T label, Consumer<LogisticRegressionOutputAttributes> attributes) {
    return one(set(new LogisticRegressionOutputAttributes(), attributes).op(), data, label);
  }

  /** Attributes of {@code logisticRegressionOutput}. */
  public static final class LogisticRegressionOutputAttributes extends Attributes {
    private double gradScale = 1;

    private LogisticRegressionOutputAttributes() {}

    /** The factor of the gradient; 1 by default. */
    public LogisticRegressionOutputAttributes gradScale(double gradScale) {
      this.gradScale = gradScale;
      return this;
    }

    private OutputLayers.LogisticRegressionOutput op() {
      return new OutputLayers.LogisticRegressionOutput(gradScale);
    }
  }

  /** Mean absolute error: the gradient is the sign of {@code prediction - label}. */
  public static <T extends Tensor> T maeRegressionOutput(T data, T label) {
    return one(new OutputLayers.MaeRegressionOutput(1), data, label);
  }

  /**
   * Mean absolute error: the gradient is the sign of {@code prediction - label}.
   *
   * <p>MXNet {@code MAERegressionOutput}.
   */
  public static <T extends Tensor> T maeRegressionOutput(
      T data, T label, Consumer<MaeRegressionOutputAttributes> attributes) {
    return one(set(new MaeRegressionOutputAttributes(), attributes).op(), data, label);
  }

  /** Attributes of {@code maeRegressionOutput}. */
  public static final class MaeRegressionOutputAttributes extends Attributes {
    private double gradScale = 1;

    private MaeRegressionOutputAttributes() {}

    /** The factor of the gradient; 1 by default. */
    public MaeRegressionOutputAttributes gradScale(double gradScale) {
      this.gradScale = gradScale;
      return this;
    }

    private OutputLayers.MaeRegressionOutput op() {
      return new OutputLayers.MaeRegressionOutput(gradScale);
    }
  }

  /** The data is a loss already: every element's gradient is {@code gradScale}, normalized. */
  public static <T extends Tensor> T makeLoss(T data) {
    return one(new OutputLayers.MakeLoss(1, 0, OutputLayers.Normalization.NULL), data);
  }

  /**
   * The data is a loss already: every element's gradient is {@code gradScale}, normalized.
   *
   * <p>MXNet {@code MakeLoss}.
   */
  public static <T extends Tensor> T makeLoss(T data, Consumer<MakeLossAttributes> attributes) {
    return one(set(new MakeLossAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code makeLoss}. */
  public static final class MakeLossAttributes extends Attributes {
    private double gradScale = 1;
    private double validThresh = 0;
    private OutputLayers.Normalization normalization = OutputLayers.Normalization.NULL;

    private MakeLossAttributes() {}

    /** The factor of the gradient; 1 by default. */
    public MakeLossAttributes gradScale(double gradScale) {
      this.gradScale = gradScale;
      return this;
    }

    /** Above which inputs count as valid; 0 by default. */
    public MakeLossAttributes validThresh(double validThresh) {
      this.validThresh = validThresh;
      return this;
    }

    /** What the gradient is divided by; {@code null} by default. */
    public MakeLossAttributes normalization(OutputLayers.Normalization normalization) {
      this.normalization = normalization;
      return this;
    }

    private OutputLayers.MakeLoss op() {
      return new OutputLayers.MakeLoss(gradScale, validThresh, normalization);
    }
  }

  /**
   * The data is a loss already: every element's gradient is 1.
   *
   * <p>MXNet {@code make_loss}.
   */
  public static <T extends Tensor> T makeLossPlain(T data) {
    return one(new OutputLayers.MakeLossPlain(), data);
  }

  /** Softmax over all axes but the first, or over axis 1 (channels) at each position. */
  public static <T extends Tensor> T softmaxActivation(T data) {
    return one(
        new SoftmaxForms.SoftmaxActivation(SoftmaxForms.SoftmaxActivation.Mode.INSTANCE), data);
  }

  /**
   * Softmax over all axes but the first, or over axis 1 (channels) at each position.
   *
   * <p>MXNet {@code SoftmaxActivation}.
   */
  public static <T extends Tensor> T softmaxActivation(
      T data, Consumer<SoftmaxActivationAttributes> attributes) {
    return one(set(new SoftmaxActivationAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code softmaxActivation}. */
  public static final class SoftmaxActivationAttributes extends Attributes {
    private SoftmaxForms.SoftmaxActivation.Mode mode = SoftmaxForms.SoftmaxActivation.Mode.INSTANCE;

    private SoftmaxActivationAttributes() {}

    /** Which variant; {@code instance} by default. */
    public SoftmaxActivationAttributes mode(SoftmaxForms.SoftmaxActivation.Mode mode) {
      this.mode = mode;
      return this;
    }

    private SoftmaxForms.SoftmaxActivation op() {
      return new SoftmaxForms.SoftmaxActivation(mode);
    }
  }

  /**
   * The sum over all rows of {@code -log softmax(data)[label]}, shape (1,).
   *
   * <p>MXNet {@code softmax_cross_entropy}; ONNX {@code SoftmaxCrossEntropyLoss}.
   */
  public static <T extends Tensor> T softmaxCrossEntropy(T data, T label) {
    return one(new SoftmaxForms.SoftmaxCrossEntropy(), data, label);
  }

  /**
   * Softmax whose gradient is that of the cross-entropy with the labels, {@code p - onehot(label)}.
   */
  public static <T extends Tensor> T softmaxOutput(T data, T label) {
    return one(
        new SoftmaxOutput(1, -1, false, false, false, OutputLayers.Normalization.NULL, false, 0),
        data,
        label);
  }

  /**
   * Softmax whose gradient is that of the cross-entropy with the labels, {@code p - onehot(label)}.
   * Classes lie along axis 1, all other axes being features of them ({@code multiOutput}), along
   * the last axis ({@code preserveShape}), or along all axes but the first. Labels are class
   * numbers, or probabilities if they have the shape of the data.
   *
   * <p>MXNet {@code SoftmaxOutput}.
   */
  public static <T extends Tensor> T softmaxOutput(
      T data, T label, Consumer<SoftmaxOutputAttributes> attributes) {
    return one(set(new SoftmaxOutputAttributes(), attributes).op(), data, label);
  }

  /** Attributes of {@code softmaxOutput}. */
  public static final class SoftmaxOutputAttributes extends Attributes {
    private double gradScale = 1;
    private double ignoreLabel = -1;
    private boolean multiOutput = false;
    private boolean useIgnore = false;
    private boolean preserveShape = false;
    private OutputLayers.Normalization normalization = OutputLayers.Normalization.NULL;
    private boolean outGrad = false;
    private double smoothAlpha = 0;

    private SoftmaxOutputAttributes() {}

    /** The factor of the gradient; 1 by default. */
    public SoftmaxOutputAttributes gradScale(double gradScale) {
      this.gradScale = gradScale;
      return this;
    }

    /** The label of which the gradient is 0; -1 by default. */
    public SoftmaxOutputAttributes ignoreLabel(double ignoreLabel) {
      this.ignoreLabel = ignoreLabel;
      return this;
    }

    /** Whether axis 1 holds the classes, instead of the last; false by default. */
    public SoftmaxOutputAttributes multiOutput(boolean multiOutput) {
      this.multiOutput = multiOutput;
      return this;
    }

    /** Whether there is such a label; false by default. */
    public SoftmaxOutputAttributes useIgnore(boolean useIgnore) {
      this.useIgnore = useIgnore;
      return this;
    }

    /** Whether the last axis holds the classes; false by default. */
    public SoftmaxOutputAttributes preserveShape(boolean preserveShape) {
      this.preserveShape = preserveShape;
      return this;
    }

    /** What the gradient is divided by; {@code null} by default. */
    public SoftmaxOutputAttributes normalization(OutputLayers.Normalization normalization) {
      this.normalization = normalization;
      return this;
    }

    /** Whether the result's gradient is a factor; false by default. */
    public SoftmaxOutputAttributes outGrad(boolean outGrad) {
      this.outGrad = outGrad;
      return this;
    }

    /** Share of the label's probability that is spread over the other classes; 0 by default. */
    public SoftmaxOutputAttributes smoothAlpha(double smoothAlpha) {
      this.smoothAlpha = smoothAlpha;
      return this;
    }

    private SoftmaxOutput op() {
      return new SoftmaxOutput(
          gradScale,
          ignoreLabel,
          multiOutput,
          useIgnore,
          preserveShape,
          normalization,
          outGrad,
          smoothAlpha);
    }
  }
}
