package io.gluonj.function;

import io.gluonj.op.OutputLayers;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class OutputFunctions2 extends OutputFunctions permits SequenceFunctions {
  OutputFunctions2() {}

  /** Hinge loss of one class against each other, squared unless {@code useLinear}. */
  public static <T extends Tensor> T svmOutput(T data, T label) {
    return one(new OutputLayers.SvmOutput(1, 1, false), data, label);
  }

  /**
   * Hinge loss of one class against each other, squared unless {@code useLinear}.
   *
   * <p>MXNet {@code SVMOutput}.
   */
  public static <T extends Tensor> T svmOutput(
      T data, T label, Consumer<SvmOutputAttributes> attributes) {
    return one(set(new SvmOutputAttributes(), attributes).op(), data, label);
  }

  /** Attributes of {@code svmOutput}. */
  public static final class SvmOutputAttributes extends Attributes {
    private double margin = 1;
    private double regularizationCoefficient = 1;
    private boolean useLinear = false;

    private SvmOutputAttributes() {}

    /** The margin; 1 by default. */
    public SvmOutputAttributes margin(double margin) {
      this.margin = margin;
      return this;
    }

    /** The factor of the penalty; 1 by default. */
    public SvmOutputAttributes regularizationCoefficient(double regularizationCoefficient) {
      this.regularizationCoefficient = regularizationCoefficient;
      return this;
    }

    /** Whether the penalty is linear instead of squared; false by default. */
    public SvmOutputAttributes useLinear(boolean useLinear) {
      this.useLinear = useLinear;
      return this;
    }

    private OutputLayers.SvmOutput op() {
      return new OutputLayers.SvmOutput(margin, regularizationCoefficient, useLinear);
    }
  }
}
