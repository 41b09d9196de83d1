package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * Normalization by the batch's own statistics, channels along axis 1. Outputs: the normalized data,
 * the mean and the biased variance of each channel. oneDNN: {@code
 * dnnl_batch_normalization_forward} with scale and shift.
 */
public record BatchNormTraining(double eps) implements Op.Library {
  private static final int DATA = 0;
  private static final int GAMMA = 1;
  private static final int BETA = 2;

  static final OpSchema<BatchNormTraining> SCHEMA =
      OpSchema.internal(new BatchNormTraining(1e-5), "_batch_norm_training")
          .inputs("data", "gamma", "beta")
          .sample(new BatchNormTraining(1e-5), Shape.of(4, 3, 2, 2), Shape.of(3), Shape.of(3))
          .sample(new BatchNormTraining(1e-5), Shape.of(8, 3), Shape.of(3), Shape.of(3));

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
    Shape channels = x.hasRank() ? Shape.of(x.dim(1)) : Shape.unknown();
    s.in(GAMMA, channels, "one scale for each channel");
    s.in(BETA, channels, "one shift for each channel");
    s.out(1, channels, "one mean for each channel");
    s.out(2, channels, "one variance for each channel");
  }

  @Override
  public void vjp(Vjp g) {
    if (g.used(1) || g.used(2)) {
      throw new AutogradException(
          "BatchNorm: the gradient of the batch's mean or variance was asked for",
          "batch statistics feed the moving averages and are not differentiated",
          "compute them with mean() and square() where a gradient shall flow");
    }
    List<? extends Tensor> grads =
        Ops.callAll(
            new Grad(eps), "", List.of(g.in(DATA), g.out(1), g.out(2), g.in(GAMMA), g.dy()));
    for (int i = 0; i < 3; i++) {
      int input = i;
      g.grad(i, () -> grads.get(input));
    }
  }

  /** Values of one channel's layout: images of {@code plane} elements, {@code channels} apart. */
  private record Layout(int batch, int channels, int plane) {
    static Layout of(Shape x) {
      return new Layout((int) x.dim(0), (int) x.dim(1), (int) x.sizeFrom(2));
    }

    int index(int n, int c, int p) {
      return (n * channels + c) * plane + p;
    }

    int count() {
      return batch * plane;
    }
  }

  @Override
  public void reference(Reference r) {
    Layout at = Layout.of(r.inShape(DATA));
    for (int c = 0; c < at.channels(); c++) {
      double sum = 0;
      double squares = 0;
      for (int n = 0; n < at.batch(); n++) {
        for (int p = 0; p < at.plane(); p++) {
          sum += r.in(DATA)[at.index(n, c, p)];
        }
      }
      double mean = sum / at.count();
      for (int n = 0; n < at.batch(); n++) {
        for (int p = 0; p < at.plane(); p++) {
          double d = r.in(DATA)[at.index(n, c, p)] - mean;
          squares += d * d;
        }
      }
      double var = squares / at.count();
      for (int n = 0; n < at.batch(); n++) {
        for (int p = 0; p < at.plane(); p++) {
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
  public record Grad(double eps) implements Op.Library {
    private static final int MEAN = 1;
    private static final int VAR = 2;
    private static final int SCALE = 3;
    private static final int DY = 4;

    static final OpSchema<Grad> SCHEMA =
        OpSchema.internal(new Grad(1e-5), "_batch_norm_grad")
            .inputs("data", "mean", "var", "gamma", "dy")
            .sample(
                new Grad(1e-5),
                0.5,
                2,
                Shape.of(4, 3, 2, 2),
                Shape.of(3),
                Shape.of(3),
                Shape.of(3),
                Shape.of(4, 3, 2, 2));

    @Override
    public int outputs() {
      return 3;
    }

    @Override
    public void infer(Infer s) {
      s.in(DY, s.in(DATA), "dy has the shape of the data");
      Shape channels = s.in(DATA).hasRank() ? Shape.of(s.in(DATA).dim(1)) : Shape.unknown();
      s.in(MEAN, channels, "one mean for each channel");
      s.in(VAR, channels, "one variance for each channel");
      s.in(SCALE, channels, "one scale for each channel");
      s.out(0, s.in(DATA), "the gradient has the shape of the data");
      s.out(1, s.in(SCALE), "the gradient has the shape of gamma");
      s.out(2, s.in(SCALE), "the gradient has the shape of beta");
    }

    @Override
    public void vjp(Vjp g) {
      throw new AutogradException(
          "a second derivative through BatchNorm in training mode was asked for",
          "its backward kernel has no gradient of its own in this version",
          "run the network in predict mode, or use a normalization written with mean() and square()");
    }

    @Override
    public void reference(Reference r) {
      Layout at = Layout.of(r.inShape(DATA));
      for (int c = 0; c < at.channels(); c++) {
        double inverse = 1 / Math.sqrt(r.in(VAR)[c] + eps);
        double sumDy = 0;
        double sumDyX = 0;
        for (int n = 0; n < at.batch(); n++) {
          for (int p = 0; p < at.plane(); p++) {
            int i = at.index(n, c, p);
            sumDy += r.in(DY)[i];
            sumDyX += r.in(DY)[i] * (r.in(DATA)[i] - r.in(MEAN)[c]) * inverse;
          }
        }
        for (int n = 0; n < at.batch(); n++) {
          for (int p = 0; p < at.plane(); p++) {
            int i = at.index(n, c, p);
            double normalized = (r.in(DATA)[i] - r.in(MEAN)[c]) * inverse;
            r.out(0)[i] =
                r.in(SCALE)[c]
                    * inverse
                    * (r.in(DY)[i] - sumDy / at.count() - normalized * sumDyX / at.count());
          }
        }
        r.out(1)[c] = sumDyX;
        r.out(2)[c] = sumDy;
      }
    }
  }
}
