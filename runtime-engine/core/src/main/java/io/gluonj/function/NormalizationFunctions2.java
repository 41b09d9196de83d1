package io.gluonj.function;

import io.gluonj.op.Normalizations;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class NormalizationFunctions2 extends NormalizationFunctions
    permits OutputFunctions {
  NormalizationFunctions2() {}

  /** {@code x / sqrt(mean(x²) + eps) * gamma} along one axis (Zhang and Sennrich, NeurIPS 2019). */
  public static <T extends Tensor> T rmsNorm(T data, T gamma) {
    return one(new Normalizations.RmsNorm(-1, 1.0E-6), data, gamma);
  }

  /**
   * {@code x / sqrt(mean(x²) + eps) * gamma} along one axis (Zhang and Sennrich, NeurIPS 2019).
   *
   * <p>ONNX {@code RMSNormalization}.
   */
  public static <T extends Tensor> T rmsNorm(
      T data, T gamma, Consumer<RmsNormAttributes> attributes) {
    return one(set(new RmsNormAttributes(), attributes).op(), data, gamma);
  }

  /** Attributes of {@code rmsNorm}. */
  public static final class RmsNormAttributes extends Attributes {
    private int axis = -1;
    private double eps = 1.0E-6;

    private RmsNormAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public RmsNormAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** A small number against a division by 0; 1.0E-6 by default. */
    public RmsNormAttributes eps(double eps) {
      this.eps = eps;
      return this;
    }

    private Normalizations.RmsNorm op() {
      return new Normalizations.RmsNorm(axis, eps);
    }
  }
}
