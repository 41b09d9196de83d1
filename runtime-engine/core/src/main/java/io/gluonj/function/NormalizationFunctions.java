package io.gluonj.function;

import io.gluonj.op.BatchNorm;
import io.gluonj.op.Lrn;
import io.gluonj.op.Normalizations;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class NormalizationFunctions extends LayerFunctions4
    permits NormalizationFunctions2 {
  NormalizationFunctions() {}

  /**
   * Batch normalization (Ioffe and Szegedy, 2015): {@code gamma * (x - mean) / sqrt(var + eps) +
   * beta} along {@code axis}.
   */
  public static <T extends Tensor> T batchNorm(T data, T gamma, T beta, T movingMean, T movingVar) {
    return one(
        new BatchNorm(0.001, 0.9, true, false, 1, false), data, gamma, beta, movingMean, movingVar);
  }

  /**
   * Batch normalization (Ioffe and Szegedy, 2015): {@code gamma * (x - mean) / sqrt(var + eps) +
   * beta} along {@code axis}. In training mode mean and (biased) variance are the batch's, and the
   * moving ones become {@code moving * momentum + batch * (1 - momentum)} in the forward pass, on
   * every device; else the moving ones are used. With {@code fixGamma} gamma counts as 1. With
   * {@code outputMeanVar} the mean and (as MXNet computes it) the inverse standard deviation are
   * results too.
   *
   * <p>MXNet {@code BatchNorm}; ONNX {@code BatchNormalization}.
   */
  public static <T extends Tensor> T batchNorm(
      T data,
      T gamma,
      T beta,
      T movingMean,
      T movingVar,
      Consumer<BatchNormAttributes> attributes) {
    return one(
        set(new BatchNormAttributes(), attributes).op(), data, gamma, beta, movingMean, movingVar);
  }

  /**
   * Batch normalization (Ioffe and Szegedy, 2015): {@code gamma * (x - mean) / sqrt(var + eps) +
   * beta} along {@code axis}.
   */
  public static <T extends Tensor> List<T> batchNormOutputs(
      T data,
      T gamma,
      T beta,
      T movingMean,
      T movingVar,
      Consumer<BatchNormAttributes> attributes) {
    return all(
        set(new BatchNormAttributes(), attributes).op(), data, gamma, beta, movingMean, movingVar);
  }

  /** Attributes of {@code batchNorm}. */
  public static final class BatchNormAttributes extends Attributes {
    private double eps = 0.001;
    private double momentum = 0.9;
    private boolean fixGamma = true;
    private boolean useGlobalStats = false;
    private int axis = 1;
    private boolean outputMeanVar = false;

    private BatchNormAttributes() {}

    /** A small number against a division by 0; 0.001 by default. */
    public BatchNormAttributes eps(double eps) {
      this.eps = eps;
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0.9 by default. */
    public BatchNormAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** Whether gamma counts as 1; true by default. */
    public BatchNormAttributes fixGamma(boolean fixGamma) {
      this.fixGamma = fixGamma;
      return this;
    }

    /** Whether running statistics are used in training too; false by default. */
    public BatchNormAttributes useGlobalStats(boolean useGlobalStats) {
      this.useGlobalStats = useGlobalStats;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; 1 by default. */
    public BatchNormAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** Whether mean and variance are results too; false by default. */
    public BatchNormAttributes outputMeanVar(boolean outputMeanVar) {
      this.outputMeanVar = outputMeanVar;
      return this;
    }

    private BatchNorm op() {
      return new BatchNorm(eps, momentum, fixGamma, useGlobalStats, axis, outputMeanVar);
    }
  }

  /** Group normalization (Wu and He, ECCV 2018) of channels along axis 1. */
  public static <T extends Tensor> T groupNorm(T data, T gamma, T beta) {
    return one(new Normalizations.GroupNorm(1, 1.0E-5, false), data, gamma, beta);
  }

  /**
   * Group normalization (Wu and He, ECCV 2018) of channels along axis 1. As in MXNet 1.x gamma and
   * beta have one value for each group.
   *
   * <p>MXNet {@code GroupNorm}; ONNX {@code GroupNormalization}.
   */
  public static <T extends Tensor> T groupNorm(
      T data, T gamma, T beta, Consumer<GroupNormAttributes> attributes) {
    return one(set(new GroupNormAttributes(), attributes).op(), data, gamma, beta);
  }

  /** Group normalization (Wu and He, ECCV 2018) of channels along axis 1. */
  public static <T extends Tensor> List<T> groupNormOutputs(
      T data, T gamma, T beta, Consumer<GroupNormAttributes> attributes) {
    return all(set(new GroupNormAttributes(), attributes).op(), data, gamma, beta);
  }

  /** Attributes of {@code groupNorm}. */
  public static final class GroupNormAttributes extends Attributes {
    private int numGroups = 1;
    private double eps = 1.0E-5;
    private boolean outputMeanVar = false;

    private GroupNormAttributes() {}

    /** The number of groups of channels; 1 by default. */
    public GroupNormAttributes numGroups(int numGroups) {
      this.numGroups = numGroups;
      return this;
    }

    /** A small number against a division by 0; 1.0E-5 by default. */
    public GroupNormAttributes eps(double eps) {
      this.eps = eps;
      return this;
    }

    /** Whether mean and variance are results too; false by default. */
    public GroupNormAttributes outputMeanVar(boolean outputMeanVar) {
      this.outputMeanVar = outputMeanVar;
      return this;
    }

    private Normalizations.GroupNorm op() {
      return new Normalizations.GroupNorm(numGroups, eps, outputMeanVar);
    }
  }

  /** Instance normalization (Ulyanov et al., 2016): each channel of each sample by itself. */
  public static <T extends Tensor> T instanceNorm(T data, T gamma, T beta) {
    return one(new Normalizations.InstanceNorm(0.001), data, gamma, beta);
  }

  /**
   * Instance normalization (Ulyanov et al., 2016): each channel of each sample by itself.
   *
   * <p>MXNet {@code InstanceNorm}; ONNX {@code InstanceNormalization}.
   */
  public static <T extends Tensor> T instanceNorm(
      T data, T gamma, T beta, Consumer<InstanceNormAttributes> attributes) {
    return one(set(new InstanceNormAttributes(), attributes).op(), data, gamma, beta);
  }

  /** Attributes of {@code instanceNorm}. */
  public static final class InstanceNormAttributes extends Attributes {
    private double eps = 0.001;

    private InstanceNormAttributes() {}

    /** A small number against a division by 0; 0.001 by default. */
    public InstanceNormAttributes eps(double eps) {
      this.eps = eps;
      return this;
    }

    private Normalizations.InstanceNorm op() {
      return new Normalizations.InstanceNorm(eps);
    }
  }

  /** {@code x / sqrt(sum(x²) + eps)} over a sample, its channels or its positions. */
  public static <T extends Tensor> T l2Normalization(T data) {
    return one(
        new Normalizations.L2Normalization(1.0E-10, Normalizations.L2Normalization.Mode.INSTANCE),
        data);
  }

  /**
   * {@code x / sqrt(sum(x²) + eps)} over a sample, its channels or its positions.
   *
   * <p>MXNet {@code L2Normalization}; ONNX {@code LpNormalization}.
   */
  public static <T extends Tensor> T l2Normalization(
      T data, Consumer<L2NormalizationAttributes> attributes) {
    return one(set(new L2NormalizationAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code l2Normalization}. */
  public static final class L2NormalizationAttributes extends Attributes {
    private double eps = 1.0E-10;
    private Normalizations.L2Normalization.Mode mode = Normalizations.L2Normalization.Mode.INSTANCE;

    private L2NormalizationAttributes() {}

    /** A small number against a division by 0; 1.0E-10 by default. */
    public L2NormalizationAttributes eps(double eps) {
      this.eps = eps;
      return this;
    }

    /** Which variant; {@code instance} by default. */
    public L2NormalizationAttributes mode(Normalizations.L2Normalization.Mode mode) {
      this.mode = mode;
      return this;
    }

    private Normalizations.L2Normalization op() {
      return new Normalizations.L2Normalization(eps, mode);
    }
  }

  /** Layer normalization (Ba et al., 2016) along one axis. */
  public static <T extends Tensor> T layerNorm(T data, T gamma, T beta) {
    return one(new Normalizations.LayerNorm(-1, 1.0E-5, false), data, gamma, beta);
  }

  /**
   * Layer normalization (Ba et al., 2016) along one axis. With {@code outputMeanVar} mean and
   * standard deviation are further results.
   *
   * <p>MXNet {@code LayerNorm}; ONNX {@code LayerNormalization}.
   */
  public static <T extends Tensor> T layerNorm(
      T data, T gamma, T beta, Consumer<LayerNormAttributes> attributes) {
    return one(set(new LayerNormAttributes(), attributes).op(), data, gamma, beta);
  }

  /** Layer normalization (Ba et al., 2016) along one axis. */
  public static <T extends Tensor> List<T> layerNormOutputs(
      T data, T gamma, T beta, Consumer<LayerNormAttributes> attributes) {
    return all(set(new LayerNormAttributes(), attributes).op(), data, gamma, beta);
  }

  /** Attributes of {@code layerNorm}. */
  public static final class LayerNormAttributes extends Attributes {
    private int axis = -1;
    private double eps = 1.0E-5;
    private boolean outputMeanVar = false;

    private LayerNormAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public LayerNormAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** A small number against a division by 0; 1.0E-5 by default. */
    public LayerNormAttributes eps(double eps) {
      this.eps = eps;
      return this;
    }

    /** Whether mean and variance are results too; false by default. */
    public LayerNormAttributes outputMeanVar(boolean outputMeanVar) {
      this.outputMeanVar = outputMeanVar;
      return this;
    }

    private Normalizations.LayerNorm op() {
      return new Normalizations.LayerNorm(axis, eps, outputMeanVar);
    }
  }

  /**
   * Local response normalization across channels (Krizhevsky et al., NIPS 2012): {@code x * (knorm
   * + alpha/nsize * sum of squares of the nsize channels around)^-beta}, channels along axis 1.
   */
  public static <T extends Tensor> T lrn(T data, long nsize) {
    return one(new Lrn(1.0E-4, 0.75, 2, nsize), data);
  }

  /**
   * Local response normalization across channels (Krizhevsky et al., NIPS 2012): {@code x * (knorm
   * + alpha/nsize * sum of squares of the nsize channels around)^-beta}, channels along axis 1.
   *
   * <p>MXNet {@code LRN}; ONNX {@code LRN}.
   */
  public static <T extends Tensor> T lrn(T data, Consumer<LrnAttributes> attributes) {
    return one(set(new LrnAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code lrn}. */
  public static final class LrnAttributes extends Attributes {
    private double alpha = 1.0E-4;
    private double beta = 0.75;
    private double knorm = 2;
    private long nsize = 0L;

    private LrnAttributes() {}

    /** The factor of the result; 1.0E-4 by default. */
    public LrnAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The factor of, or what is added to, the result; 0.75 by default. */
    public LrnAttributes beta(double beta) {
      this.beta = beta;
      return this;
    }

    /** What the sum is added to; 2 by default. */
    public LrnAttributes knorm(double knorm) {
      this.knorm = knorm;
      return this;
    }

    /** The number of channels that count; must be given. */
    public LrnAttributes nsize(long nsize) {
      given("nsize");
      this.nsize = nsize;
      return this;
    }

    private Lrn op() {
      require("lrn", "nsize");
      return new Lrn(alpha, beta, knorm, nsize);
    }
  }
}
