package io.gluonj.nn;

import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Initializer;
import io.gluonj.initializer.One;
import io.gluonj.initializer.Zero;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization: {@code gamma (x - mean) / sqrt(var + epsilon) + beta} for each channel
 * (MXNet operator BatchNorm; Ioffe and Szegedy, 2015). Shapes: any to the same.
 *
 * <p>In training mode mean and variance are those of the batch, and the running ones are updated
 * <b>in the forward pass</b>, on every device and whether or not a backward pass follows: {@code
 * running = running * momentum + batch * (1 - momentum)}, with the biased variance of the batch, as
 * in MXNet's files. Else the running ones are used.
 *
 * <p>Parameters, all (channels,): gamma, beta, running_mean, running_var. They stay float32 when a
 * net is cast to a half precision type.
 */
public final class BatchNorm extends HybridBlock {
  static {
    BlockDefinitions.register(BatchNorm.class, new Definition());
  }

  private int axis = 1;
  private double momentum = 0.9;
  private double epsilon = 1e-5;
  private boolean center = true;
  private boolean scale = true;
  private boolean useGlobalStats;
  private int inChannels;
  private Initializer gammaInitializer = new One();
  private Initializer betaInitializer = new Zero();
  private Initializer runningMeanInitializer = new Zero();
  private Initializer runningVarianceInitializer = new One();
  private @Nullable Parameter gamma;

  /** The axis that counts channels; 1 by default. */
  public BatchNorm axis(int value) {
    checkUnbound("axis");
    axis = value;
    return this;
  }

  /** The share of the old value that a running mean or variance keeps; 0.9 by default. */
  public BatchNorm momentum(double value) {
    checkUnbound("momentum");
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidArgumentException(
          "BatchNorm: momentum " + value,
          "it is the share of the old value that is kept: 0 to 1",
          "use 0.9");
    }
    momentum = value;
    return this;
  }

  /** What is added to the variance so that nothing is divided by 0; 1e-5 by default. */
  public BatchNorm epsilon(double value) {
    checkUnbound("epsilon");
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgumentException(
          "BatchNorm: epsilon " + value, "a variance may be 0 and is divided by", "use 1e-5");
    }
    epsilon = value;
    return this;
  }

  /** Whether beta is trained; else it stays 0. True by default. */
  public BatchNorm center(boolean value) {
    checkUnbound("center");
    center = value;
    return this;
  }

  /** Whether gamma is trained; else it counts as 1. True by default. */
  public BatchNorm scale(boolean value) {
    checkUnbound("scale");
    scale = value;
    return this;
  }

  /** Whether the running statistics are used in training as well; false by default. */
  public BatchNorm useGlobalStats(boolean value) {
    checkUnbound("useGlobalStats");
    useGlobalStats = value;
    return this;
  }

  /** Number of channels; 0, the default, takes it from the first input. */
  public BatchNorm inChannels(int count) {
    checkUnbound("inChannels");
    inChannels = Options.atLeast(0, "BatchNorm", "inChannels", count);
    return this;
  }

  /** First values of gamma; ones by default. */
  public BatchNorm gammaInitializer(Initializer initializer) {
    checkUnbound("gammaInitializer");
    gammaInitializer = initializer;
    return this;
  }

  /** First values of beta; zeros by default. */
  public BatchNorm betaInitializer(Initializer initializer) {
    checkUnbound("betaInitializer");
    betaInitializer = initializer;
    return this;
  }

  /** First values of the running mean; zeros by default. */
  public BatchNorm runningMeanInitializer(Initializer initializer) {
    checkUnbound("runningMeanInitializer");
    runningMeanInitializer = initializer;
    return this;
  }

  /** First values of the running variance; ones by default. */
  public BatchNorm runningVarianceInitializer(Initializer initializer) {
    checkUnbound("runningVarianceInitializer");
    runningVarianceInitializer = initializer;
    return this;
  }

  /** Converts the parameters, but to nothing narrower than float32. */
  @Override
  public void cast(DType type) {
    super.cast(type == DType.FLOAT16 || type == DType.BFLOAT16 ? DType.FLOAT32 : type);
  }

  @Override
  protected String arguments() {
    return "axis="
        + axis
        + ", eps="
        + Options.python(epsilon)
        + ", momentum="
        + Options.python(momentum)
        + ", fix_gamma="
        + Options.python(!scale)
        + ", use_global_stats="
        + Options.python(useGlobalStats)
        + ", in_channels="
        + Options.extent(gamma, 0, inChannels);
  }

  /** Written by hand: whether gamma and beta have gradients is known only at run time. */
  private static final class Definition implements BlockDefinition<BatchNorm> {
    @Override
    public String hint() {
      return "batchnorm";
    }

    @Override
    public int inputs() {
      return 1;
    }

    @Override
    public boolean hybrid() {
      return true;
    }

    @Override
    public void bind(BatchNorm block, Members members) {
      ParamSpec channels = ParamSpec.shape(block.inChannels);
      block.gamma =
          members.param(
              "gamma",
              null,
              channels.init(block.gammaInitializer).gradReq(block.scale ? "write" : "null"));
      members.param(
          "beta",
          null,
          channels.init(block.betaInitializer).gradReq(block.center ? "write" : "null"));
      members.param(
          "running_mean", null, channels.init(block.runningMeanInitializer).notDifferentiable());
      members.param(
          "running_var", null, channels.init(block.runningVarianceInitializer).notDifferentiable());
    }

    @Override
    public List<Tensor> forward(BatchNorm block, List<Tensor> inputs, ForwardParams params) {
      Tensor x = inputs.getFirst();
      var op =
          new io.gluonj.op.BatchNorm(
              block.epsilon, block.momentum, !block.scale, block.useGlobalStats, block.axis);
      Tensor y =
          Ops.named(
              "fwd",
              op,
              List.of(
                  x,
                  params.get("gamma"),
                  params.get("beta"),
                  params.get("running_mean"),
                  params.get("running_var")));
      return List.of(y.dtype() == x.dtype() ? y : y.cast(x.dtype()));
    }
  }
}
