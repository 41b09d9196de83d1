package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * MXNet's symbolic losses: the forward pass is the prediction, and the backward pass begins with
 * the gradient of a loss that is never computed. The gradient of their result is ignored.
 */
public sealed interface OutputLayers extends Op.Composite {
  String CONVENTION = "it is that of a loss, whatever the gradient of the result";

  /** By what a gradient is divided. */
  enum Normalization {
    /** By nothing. */
    NULL,
    /** By the number of samples. */
    BATCH,
    /** By the number of samples that count. */
    VALID
  }

  @Override
  default boolean ownGradient() {
    return true;
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    return List.of(e.in(0));
  }

  /** The label has the data's shape; a single column's may be a vector. */
  private static void labelLikeData(Infer s) {
    s.same();
    Shape data = s.in(0);
    Shape label = s.in(1);
    if (data.hasRank() && data.rank() == 2 && label.hasRank() && label.rank() == 1) {
      if (data.dim(1) == 1) {
        s.in(1, Shape.of(data.dim(0)), "there is one label for each prediction");
      } else if (data.dim(1) != Shape.UNKNOWN) {
        s.in(1, data, "there is one label for each prediction");
      }
    } else {
      s.in(1, data, "there is one label for each prediction");
    }
    s.dtype(0, s.dtype(0));
  }

  /**
   * The gradient of a regression: {@code slope(prediction, label) * scale / outputs per sample}.
   */
  private static void regression(Vjp g, Scalar slope, double gradScale) {
    Shape label = g.in(1).shape();
    double outputs = Math.max(1, label.rank() == 0 ? 1 : label.size() / Math.max(1, label.dim(0)));
    g.grad(
        0,
        () ->
            Ops.call(
                new Fused(slope.times(gradScale / outputs), 2),
                g.out(0),
                g.in(1).reshapeTo(g.out(0).shape())));
    g.none(1, "a label is given, not computed");
  }

  /** Mean squared error: the gradient is {@code prediction - label}. */
  record LinearRegressionOutput(double gradScale) implements OutputLayers {
    static final OpSchema<LinearRegressionOutput> SCHEMA =
        define(new LinearRegressionOutput(1), "LinearRegressionOutput")
            .inputs("data", "label")
            .gradientIs(CONVENTION)
            .sample(new LinearRegressionOutput(1), Shape.of(3, 2), Shape.of(3, 2));

    @Override
    public void infer(Infer s) {
      labelLikeData(s);
    }

    @Override
    public void vjp(Vjp g) {
      regression(g, Scalar.arg(0).minus(Scalar.arg(1)), gradScale);
    }
  }

  /** Mean absolute error: the gradient is the sign of {@code prediction - label}. */
  record MaeRegressionOutput(double gradScale) implements OutputLayers {
    static final OpSchema<MaeRegressionOutput> SCHEMA =
        define(new MaeRegressionOutput(1), "MAERegressionOutput")
            .inputs("data", "label")
            .gradientIs(CONVENTION)
            .sample(new MaeRegressionOutput(1), Shape.of(3, 1), Shape.of(3));

    @Override
    public void infer(Infer s) {
      labelLikeData(s);
    }

    @Override
    public void vjp(Vjp g) {
      regression(g, Scalar.arg(0).minus(Scalar.arg(1)).map(Fn.SIGN), gradScale);
    }
  }

  /** Sigmoid with cross-entropy: the gradient is {@code prediction - label}. */
  record LogisticRegressionOutput(double gradScale) implements OutputLayers {
    static final OpSchema<LogisticRegressionOutput> SCHEMA =
        define(new LogisticRegressionOutput(1), "LogisticRegressionOutput")
            .inputs("data", "label")
            .gradientIs(CONVENTION)
            .sample(new LogisticRegressionOutput(1), Shape.of(3, 2), Shape.of(3, 2));

    @Override
    public void infer(Infer s) {
      labelLikeData(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(e.in(0).sigmoid());
    }

    @Override
    public void vjp(Vjp g) {
      regression(g, Scalar.arg(0).minus(Scalar.arg(1)), gradScale);
    }
  }

  /** Hinge loss of one class against each other, squared unless {@code useLinear}. */
  record SvmOutput(double margin, double regularizationCoefficient, boolean useLinear)
      implements OutputLayers {
    static final OpSchema<SvmOutput> SCHEMA =
        define(new SvmOutput(1, 1, false), "SVMOutput")
            .inputs("data", "label")
            .gradientIs(CONVENTION)
            .sample(new SvmOutput(1, 1, true), Shape.of(3, 4), Shape.of(3));

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).hasRank()) {
        s.in(1, s.in(0).remove(-1), "there is one class for each row of scores");
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      Shape scores = g.in(0).shape();
      Scalar right = new Scalar.Iota(1).with(Fn2.EQ, Scalar.arg(1).map(Fn.TRUNC));
      Scalar side = right.choose(Scalar.of(1), Scalar.of(-1));
      Scalar lack = Scalar.of(margin).minus(side.times(Scalar.arg(0)));
      Scalar slope = useLinear ? Scalar.of(1) : lack.times(2);
      Scalar pulled = slope.times(side).times(-regularizationCoefficient);
      Scalar gradient = lack.with(Fn2.GT, Scalar.of(0)).choose(pulled, Scalar.of(0));
      Shape rows = Shape.of(scores.sizeTo(scores.rank() - 1), scores.dim(-1));
      g.grad(
          0,
          () ->
              Ops.call(
                      new Fused(gradient, 2),
                      g.in(0).reshapeTo(rows),
                      g.in(1).reshapeTo(rows.with(1, 1)))
                  .reshapeTo(scores));
      g.none(1, "a label is given, not computed");
    }
  }

  /** The data is a loss already: every element's gradient is {@code gradScale}, normalized. */
  record MakeLoss(double gradScale, double validThresh, Normalization normalization)
      implements OutputLayers {
    static final OpSchema<MakeLoss> SCHEMA =
        define(new MakeLoss(1, 0, Normalization.NULL), "MakeLoss")
            .inputs("data")
            .gradientIs(CONVENTION)
            .sample(new MakeLoss(1, 0, Normalization.NULL), Shape.of(3, 2));

    @Override
    public void infer(Infer s) {
      s.same();
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(
          0,
          () -> {
            Tensor x = g.in(0);
            Tensor scale = x.onesLike().mul(gradScale);
            return switch (normalization) {
              case NULL -> scale;
              case BATCH -> scale.div(x.shape().rank() == 0 ? 1.0 : (double) x.shape().dim(0));
              case VALID -> scale.div(x.greater(validThresh).sum().maximum(1));
            };
          });
    }
  }

  /** The data is a loss already: every element's gradient is 1. */
  record MakeLossPlain() implements OutputLayers {
    static final OpSchema<MakeLossPlain> SCHEMA =
        define(new MakeLossPlain(), "make_loss")
            .inputs("data")
            .function("makeLossPlain")
            .gradientIs(CONVENTION)
            .sample(new MakeLossPlain(), Shape.of(3, 2));

    @Override
    public void infer(Infer s) {
      s.same();
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> g.in(0).onesLike());
    }
  }

  /** The input, whose gradient is multiplied by a number (for example to reverse it). */
  record GradientMultiplier(double scalar) implements OutputLayers {
    static final OpSchema<GradientMultiplier> SCHEMA =
        define(new GradientMultiplier(0), "_contrib_gradientmultiplier")
            .inputs("data")
            .ignored("is_int")
            .gradientIs("it is multiplied by the scalar, as asked for")
            .sample(new GradientMultiplier(-0.5), Shape.of(3, 2));

    @Override
    public void infer(Infer s) {
      s.same();
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> g.dy().mul(scalar));
    }
  }
}
