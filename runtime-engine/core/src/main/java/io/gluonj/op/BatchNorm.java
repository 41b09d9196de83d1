package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Batch normalization (Ioffe and Szegedy, 2015): {@code gamma * (x - mean) / sqrt(var + eps) +
 * beta} along {@code axis}. In training mode mean and (biased) variance are the batch's, and the
 * moving ones become {@code moving * momentum + batch * (1 - momentum)} in the forward pass, on
 * every device; else the moving ones are used. With {@code fixGamma} gamma counts as 1. With {@code
 * outputMeanVar} the mean and (as MXNet computes it) the inverse standard deviation are results
 * too.
 */
public record BatchNorm(
    double eps,
    double momentum,
    boolean fixGamma,
    boolean useGlobalStats,
    int axis,
    boolean outputMeanVar)
    implements Op.Composite {
  private static final int DATA = 0;
  private static final int GAMMA = 1;
  private static final int BETA = 2;
  private static final int MEAN = 3;
  private static final int VAR = 4;

  static final OpSchema<BatchNorm> SCHEMA =
      define(new BatchNorm(1e-3, 0.9, true, false, 1), "BatchNorm")
          .inputs("data", "gamma", "beta", "moving_mean", "moving_var")
          .onnx("BatchNormalization")
          .ignored("cudnn_off", "min_calib_range", "max_calib_range")
          .omittedIfDefault("output_mean_var")
          .countedInFilesAs(op -> 3)
          .sample(
              new BatchNorm(1e-5, 0.9, false, false, 1),
              0.5,
              2,
              Shape.of(4, 3, 2, 2),
              Shape.of(3),
              Shape.of(3),
              Shape.of(3),
              Shape.of(3))
          .sample(
              new BatchNorm(1e-5, 0.9, false, false, -1),
              0.5,
              2,
              Shape.of(6, 3),
              Shape.of(3),
              Shape.of(3),
              Shape.of(3),
              Shape.of(3));

  /** Without statistics as results. */
  public BatchNorm(
      double eps, double momentum, boolean fixGamma, boolean useGlobalStats, int axis) {
    this(eps, momentum, fixGamma, useGlobalStats, axis, false);
  }

  @Override
  public int outputs() {
    return visibleOutputs() + 2;
  }

  @Override
  public int visibleOutputs() {
    return outputMeanVar ? 3 : 1;
  }

  @Override
  public Map<Integer, Integer> updates() {
    return Map.of(MEAN, visibleOutputs(), VAR, visibleOutputs() + 1);
  }

  @Override
  public void infer(Infer s) {
    s.out(0, s.in(DATA), "the result has the shape of the data");
    s.in(DATA, s.out(0), "the data has the shape of the result");
    if (s.in(DATA).hasRank() && s.in(DATA).rank() < 2) {
      throw s.error(
          "data of rank " + s.in(DATA).rank(),
          "it has at least an axis of samples and one of channels",
          "reshape the data");
    }
    Shape channels = s.in(DATA).hasRank() ? Shape.of(s.in(DATA).dim(axis)) : Shape.unknown();
    for (int i = GAMMA; i <= VAR; i++) {
      s.in(i, channels, "there is one value for each channel, along axis " + axis);
    }
    for (int k = 1; k < outputs(); k++) {
      s.out(k, s.in(MEAN), "there is one statistic for each channel");
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape shape = e.shape(DATA);
    int at = shape.axis(axis);
    Tensor gamma = fixGamma ? e.in(GAMMA).onesLike() : e.in(GAMMA);
    if (!e.training() || useGlobalStats) {
      Shape wide =
          Shape.of(
              IntStream.range(0, shape.rank())
                  .mapToLong(i -> i == at ? shape.dim(at) : 1)
                  .toArray());
      Tensor scale = gamma.div(e.in(VAR).add(eps).sqrt());
      Tensor shift = e.in(BETA).sub(e.in(MEAN).mul(scale));
      Tensor y = e.in(DATA).mul(scale.reshapeTo(wide)).add(shift.reshapeTo(wide));
      return results(y, e.in(MEAN), e.in(VAR), e.in(MEAN), e.in(VAR));
    }
    boolean last = at != 1 && at == shape.rank() - 1;
    boolean inner = at != 1 && !last;
    Tensor x = inner ? swap(e.in(DATA), at) : e.in(DATA);
    List<? extends Tensor> out =
        Ops.callAll(new BatchNormTraining(eps, last), "", List.of(x, gamma, e.in(BETA)));
    Tensor y = inner ? swap(out.get(0), at) : out.get(0);
    return results(
        y, out.get(1), out.get(2), blend(e.in(MEAN), out.get(1)), blend(e.in(VAR), out.get(2)));
  }

  private List<Tensor> results(
      Tensor y, Tensor mean, Tensor var, Tensor movingMean, Tensor movingVar) {
    return outputMeanVar
        ? List.of(y, mean, var.add(eps).sqrt().rdiv(1), movingMean, movingVar)
        : List.of(y, movingMean, movingVar);
  }

  private Tensor blend(Tensor moving, Tensor batch) {
    return moving.mul(momentum).add(batch.mul(1 - momentum));
  }

  /** Exchanges axis 1 and the channel axis. */
  private static Tensor swap(Tensor x, int at) {
    int[] order =
        IntStream.range(0, x.shape().rank()).map(i -> i == 1 ? at : i == at ? 1 : i).toArray();
    return x.transpose(order);
  }
}
