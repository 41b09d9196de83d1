package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Normalization by the batch's own statistics, one channel after another. Outputs: the normalized
 * data, the mean and the biased variance of each channel. oneDNN: {@code
 * dnnl_batch_normalization_forward} with scale and shift.
 */
public record BatchNormTraining(double eps, boolean channelsLast) implements OverImages {
  private static final int DATA = 0;
  private static final int GAMMA = 1;
  private static final int BETA = 2;

  static final OpSchema<BatchNormTraining> SCHEMA =
      OpSchema.internal(new BatchNormTraining(1e-5, false), "_batch_norm_training")
          .inputs("data", "gamma", "beta")
          .sample(
              new BatchNormTraining(1e-5, false), Shape.of(4, 3, 2, 2), Shape.of(3), Shape.of(3))
          .sample(new BatchNormTraining(1e-5, false), Shape.of(8, 3), Shape.of(3), Shape.of(3))
          .sample(
              new BatchNormTraining(1e-5, true), Shape.of(4, 2, 2, 3), Shape.of(3), Shape.of(3));

  @Override
  public BatchNormTraining inOrder(boolean channelsLast) {
    return new BatchNormTraining(eps, channelsLast);
  }

  @Override
  public boolean isImages(int operand) {
    return operand == DATA || operand == BETA + 1;
  }

  @Override
  public int outputs() {
    return 3;
  }

  @Override
  public int visibleOutputs() {
    return 1;
  }

  @Override
  public void infer(Infer s) {
    Shape x = s.in(DATA);
    s.out(0, x, "the result has the shape of the data");
    Shape channels = x.hasRank() ? Shape.of(x.dim(channelsLast ? -1 : 1)) : Shape.unknown();
    s.in(GAMMA, channels, "one scale for each channel");
    s.in(BETA, channels, "one shift for each channel");
    s.out(1, channels, "one mean for each channel");
    s.out(2, channels, "one variance for each channel");
  }

  @Override
  public void vjp(Vjp g) {
    List<? extends Tensor> grads =
        Ops.callAll(
            new Grad(eps, channelsLast),
            "",
            List.of(g.in(DATA), g.out(1), g.out(2), g.in(GAMMA), g.dy()));
    g.grad(DATA, () -> throughStatistics(g, grads.get(DATA)));
    g.grad(GAMMA, () -> grads.get(GAMMA));
    g.grad(BETA, () -> grads.get(BETA));
  }

  /** Adds what the data does to mean and variance, where these have a gradient of their own. */
  private Tensor throughStatistics(Vjp g, Tensor grad) {
    Tensor x = g.in(DATA);
    Shape wide = channelsOf(x.shape(), channelsLast);
    double share = (double) wide.size() / x.shape().size();
    Tensor total = grad;
    if (g.used(1)) {
      total = total.add(g.dy(1).mul(share).reshapeTo(wide));
    }
    if (g.used(2)) {
      Tensor deviation = x.sub(g.out(1).reshapeTo(wide));
      total = total.add(deviation.mul(g.dy(2).mul(2 * share).reshapeTo(wide)));
    }
    return total;
  }

  /** The shape in which one value for each channel broadcasts to the data. */
  private static Shape channelsOf(Shape data, boolean channelsLast) {
    int axis = channelsLast ? data.rank() - 1 : 1;
    long[] dims = new long[data.rank()];
    Arrays.fill(dims, 1);
    dims[axis] = data.dim(axis);
    return Shape.of(dims);
  }

  @Override
  public void reference(Reference r) {
    ImageBatch at = ImageBatch.of(r.inShape(DATA), channelsLast);
    int count = at.batch() * at.pixels();
    for (int c = 0; c < at.channels(); c++) {
      double sum = 0;
      double squares = 0;
      for (int n = 0; n < at.batch(); n++) {
        for (int p = 0; p < at.pixels(); p++) {
          sum += r.in(DATA)[at.index(n, c, p)];
        }
      }
      double mean = sum / count;
      for (int n = 0; n < at.batch(); n++) {
        for (int p = 0; p < at.pixels(); p++) {
          double d = r.in(DATA)[at.index(n, c, p)] - mean;
          squares += d * d;
        }
      }
      double var = squares / count;
      for (int n = 0; n < at.batch(); n++) {
        for (int p = 0; p < at.pixels(); p++) {
          int i = at.index(n, c, p);
          r.out(0)[i] =
              (r.in(DATA)[i] - mean) / Math.sqrt(var + eps) * r.in(GAMMA)[c] + r.in(BETA)[c];
        }
      }
      r.out(1)[c] = mean;
      r.out(2)[c] = var;
    }
  }

  /**
   * Gradients of data, gamma and beta from data, mean, variance, gamma and dy. oneDNN: {@code
   * dnnl_batch_normalization_backward}.
   */
  public record Grad(double eps, boolean channelsLast) implements OverImages {
    private static final int MEAN = 1;
    private static final int VAR = 2;
    private static final int SCALE = 3;
    private static final int DY = 4;

    static final OpSchema<Grad> SCHEMA =
        OpSchema.internal(new Grad(1e-5, false), "_batch_norm_grad")
            .inputs("data", "mean", "var", "gamma", "dy")
            .sample(
                new Grad(1e-5, false),
                0.5,
                2,
                Shape.of(4, 3, 2, 2),
                Shape.of(3),
                Shape.of(3),
                Shape.of(3),
                Shape.of(4, 3, 2, 2));

    @Override
    public Grad inOrder(boolean channelsLast) {
      return new Grad(eps, channelsLast);
    }

    @Override
    public boolean isImages(int operand) {
      return operand == DATA || operand == DY || operand == DY + 1;
    }

    @Override
    public int outputs() {
      return 3;
    }

    @Override
    public void infer(Infer s) {
      s.in(DY, s.in(DATA), "dy has the shape of the data");
      Shape channels =
          s.in(DATA).hasRank() ? Shape.of(s.in(DATA).dim(channelsLast ? -1 : 1)) : Shape.unknown();
      s.in(MEAN, channels, "one mean for each channel");
      s.in(VAR, channels, "one variance for each channel");
      s.in(SCALE, channels, "one scale for each channel");
      s.out(0, s.in(DATA), "the gradient has the shape of the data");
      s.out(1, s.in(SCALE), "the gradient has the shape of gamma");
      s.out(2, s.in(SCALE), "the gradient has the shape of beta");
    }

    @Override
    public void vjp(Vjp g) {
      Shape wide = channelsOf(g.in(DATA).shape(), channelsLast);
      double n = (double) g.in(DATA).shape().size() / wide.size();
      Tensor r = g.in(VAR).add(eps).sqrt().rdiv(1).reshapeTo(wide);
      Tensor gamma = g.in(SCALE).reshapeTo(wide);
      Tensor x = g.in(DATA).sub(g.in(MEAN).reshapeTo(wide)).mul(r);
      Tensor dy = g.in(DY);
      Tensor a = g.dy(0);
      Tensor b = g.dy(1).reshapeTo(wide);
      Tensor c = g.dy(2).reshapeTo(wide);
      // With sums over a channel the results are, weighted by the heads a, b and c,
      // gamma r (ady - aSum dySum / n - ax dyx / n) + b dyx + c dySum.
      Tensor aSum = a.sumTo(wide);
      Tensor ax = a.mul(x).sumTo(wide);
      Tensor dySum = dy.sumTo(wide);
      Tensor dyx = dy.mul(x).sumTo(wide);
      Tensor scale = gamma.mul(r);
      Tensor core = a.mul(dy).sumTo(wide).sub(aSum.mul(dySum).div(n)).sub(ax.mul(dyx).div(n));
      Tensor byX = dy.mul(b.sub(scale.mul(ax).div(n))).sub(a.mul(scale).mul(dyx).div(n));
      Shape channels = g.in(MEAN).shape();
      g.grad(DATA, () -> byX.mul(r));
      g.grad(MEAN, () -> byX.sumTo(wide).mul(r).neg().reshapeTo(channels));
      g.grad(
          VAR,
          () -> {
            Tensor byR = core.mul(gamma).add(byX.mul(x).sumTo(wide).div(r));
            return byR.mul(r).mul(r).mul(r).mul(-0.5).reshapeTo(channels);
          });
      g.grad(SCALE, () -> core.mul(r).reshapeTo(channels));
      g.grad(DY, () -> a.sub(aSum.div(n)).sub(x.mul(ax).div(n)).mul(scale).add(x.mul(b)).add(c));
    }

    @Override
    public void reference(Reference r) {
      ImageBatch at = ImageBatch.of(r.inShape(DATA), channelsLast);
      int count = at.batch() * at.pixels();
      for (int c = 0; c < at.channels(); c++) {
        double inverse = 1 / Math.sqrt(r.in(VAR)[c] + eps);
        double sumDy = 0;
        double sumDyX = 0;
        for (int n = 0; n < at.batch(); n++) {
          for (int p = 0; p < at.pixels(); p++) {
            int i = at.index(n, c, p);
            sumDy += r.in(DY)[i];
            sumDyX += r.in(DY)[i] * (r.in(DATA)[i] - r.in(MEAN)[c]) * inverse;
          }
        }
        for (int n = 0; n < at.batch(); n++) {
          for (int p = 0; p < at.pixels(); p++) {
            int i = at.index(n, c, p);
            double normalized = (r.in(DATA)[i] - r.in(MEAN)[c]) * inverse;
            r.out(0)[i] =
                r.in(SCALE)[c]
                    * inverse
                    * (r.in(DY)[i] - sumDy / count - normalized * sumDyX / count);
          }
        }
        r.out(1)[c] = sumDyX;
        r.out(2)[c] = sumDy;
      }
    }
  }
}
