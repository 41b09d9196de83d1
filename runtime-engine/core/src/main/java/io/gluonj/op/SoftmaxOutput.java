package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Softmax whose gradient is that of the cross-entropy with the labels, {@code p - onehot(label)}.
 * Classes lie along axis 1, all other axes being features of them ({@code multiOutput}), along the
 * last axis ({@code preserveShape}), or along all axes but the first. Labels are class numbers, or
 * probabilities if they have the shape of the data.
 *
 * @param smoothAlpha share of the label's probability that is spread over the other classes
 * @param outGrad whether the result's gradient is a factor
 */
public record SoftmaxOutput(
    double gradScale,
    double ignoreLabel,
    boolean multiOutput,
    boolean useIgnore,
    boolean preserveShape,
    OutputLayers.Normalization normalization,
    boolean outGrad,
    double smoothAlpha)
    implements Op.Composite {
  static final OpSchema<SoftmaxOutput> SCHEMA =
      define(
              new SoftmaxOutput(
                  1, -1, false, false, false, OutputLayers.Normalization.NULL, false, 0),
              "SoftmaxOutput",
              "Softmax")
          .inputs("data", "label")
          .gradientIs(OutputLayers.CONVENTION)
          .sample(
              new SoftmaxOutput(
                  1, -1, false, false, false, OutputLayers.Normalization.NULL, false, 0),
              Shape.of(3, 4),
              Shape.of(3))
          .sample(
              new SoftmaxOutput(
                  1, -1, true, false, false, OutputLayers.Normalization.BATCH, false, 0),
              Shape.of(3, 4, 2),
              Shape.of(3, 2));

  /** The data as (outer, classes, inner). */
  private Shape view(Shape data) {
    if (preserveShape) {
      return Shape.of(data.sizeTo(data.rank() - 1), data.dim(-1), 1);
    }
    return multiOutput
        ? Shape.of(data.dim(0), data.dim(1), data.sizeFrom(2))
        : Shape.of(data.dim(0), data.sizeFrom(1), 1);
  }

  @Override
  public void infer(Infer s) {
    s.out(0, s.in(0), "the result has the shape of the data");
    s.in(0, s.out(0), "the data has the shape of the result");
    Shape data = s.in(0);
    if (!data.isKnown()) {
      return;
    }
    if (data.rank() < 2) {
      throw s.error(
          "data of rank " + data.rank(),
          "the first axis counts samples and another one classes",
          "reshape the data to (batch, classes)");
    }
    Shape label = s.in(1);
    Shape classes = view(data);
    boolean dense = label.equals(data);
    boolean flat = multiOutput && label.equals(Shape.of(classes.dim(0), classes.dim(2)));
    if (!dense && !flat) {
      Shape one =
          preserveShape ? data.remove(-1) : multiOutput ? data.remove(1) : Shape.of(data.dim(0));
      s.in(1, one, "there is one class number for each distribution");
    }
    s.dtype(0, s.dtype(0));
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = e.in(0).reshapeTo(view(e.shape(0)));
    return List.of(Ops.call(new SoftmaxOps.Softmax(1, Optional.empty()), x).reshapeTo(e.shape(0)));
  }

  @Override
  public boolean ownGradient() {
    return true;
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(
        0,
        () -> {
          Tensor gradient =
              g.in(1).shape().equals(g.in(0).shape())
                  ? g.out(0).sub(g.in(1)).mul(gradScale)
                  : fromClasses(g).reshapeTo(g.in(0).shape());
          return outGrad ? gradient.mul(g.dy()) : gradient;
        });
    g.none(1, "a label is given, not computed");
  }

  private Tensor fromClasses(Vjp g) {
    Shape view = view(g.in(0).shape());
    Tensor labels = g.in(1).reshapeTo(view.with(1, 1));
    Scalar label = Scalar.arg(1).map(Fn.TRUNC);
    Scalar here = new Scalar.Iota(1).with(Fn2.EQ, label);
    double others = smoothAlpha == 0 ? 0 : smoothAlpha / (view.dim(1) - 1);
    Scalar target = here.choose(Scalar.of(1 - smoothAlpha), Scalar.of(others));
    Scalar gradient = Scalar.arg(0).minus(target);
    if (useIgnore) {
      Scalar ignored = label.with(Fn2.EQ, Scalar.of(ignoreLabel));
      gradient = ignored.choose(Scalar.of(0), gradient);
    }
    Tensor all = Ops.call(new Fused(gradient, 2), g.out(0).reshapeTo(view), labels);
    double scale = gradScale / (multiOutput && !valid() ? view.dim(2) : 1);
    return switch (normalization) {
      case NULL -> all.mul(scale);
      case BATCH -> all.mul(scale / view.dim(0));
      case VALID -> all.mul(scale).div(counted(labels).sum().maximum(1));
    };
  }

  private boolean valid() {
    return normalization == OutputLayers.Normalization.VALID;
  }

  private Tensor counted(Tensor labels) {
    return Ops.call(new ScalarMath.NotEqualScalar(ignoreLabel), labels);
  }
}
