package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import java.util.List;

/** Further activation functions and what is built like them, one record each. */
public sealed interface Units extends Op.Pointwise {
  /** Self-normalizing networks (Klambauer et al., NIPS 2017): the fixed point's two constants. */
  double SELU_ALPHA = 1.6732632423543772;

  double SELU_SCALE = 1.0507009873554805;

  private static Scalar positive(Scalar x) {
    return x.with(Fn2.GT, Scalar.of(0));
  }

  private static Scalar sigmoid(Scalar x) {
    return x.times(0.5).map(Fn.TANH).times(0.5).plus(0.5);
  }

  private static Scalar softplus(Scalar x) {
    return x.with(Fn2.MAX, Scalar.of(0)).plus(x.map(Fn.ABS).map(Fn.NEG).map(Fn.EXP).map(Fn.LOG1P));
  }

  /** {@code x * sigmoid(x)}, also called swish (Ramachandran et al., 2017). */
  record Silu() implements Units {
    static final OpSchema<Silu> SCHEMA =
        OpSchema.internal(new Silu(), "silu")
            .inputs("data")
            .onnx("Swish")
            .sample(new Silu(), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(in.getFirst().times(sigmoid(in.getFirst())));
    }
  }

  /** {@code log(sigmoid(x))} without overflow. */
  record LogSigmoid() implements Units {
    static final OpSchema<LogSigmoid> SCHEMA =
        define(new LogSigmoid(), "log_sigmoid")
            .inputs("data")
            .sample(new LogSigmoid(), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(softplus(in.getFirst().map(Fn.NEG)).map(Fn.NEG));
    }

    /** {@code sigmoid(-x)}, which is right at 0 too, where the terms of the value have kinks. */
    @Override
    public void vjp(Vjp g) {
      Scalar slope = sigmoid(Scalar.arg(0).map(Fn.NEG));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** {@code x * tanh(log(1 + exp(x)))} (Misra, BMVC 2020). */
  record Mish() implements Units {
    static final OpSchema<Mish> SCHEMA =
        define(new Mish(), "mish").inputs("data").onnx("Mish").sample(new Mish(), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.getFirst();
      return List.of(x.times(softplus(x).map(Fn.TANH)));
    }
  }

  /** {@code alpha * x + beta}, restricted to [0, 1]. */
  record HardSigmoid(double alpha, double beta) implements Units {
    static final OpSchema<HardSigmoid> SCHEMA =
        define(new HardSigmoid(0.2, 0.5), "hard_sigmoid")
            .inputs("data")
            .onnx("HardSigmoid")
            .sample(new HardSigmoid(0.4, 0.5), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar line = in.getFirst().times(alpha).plus(beta);
      return List.of(line.with(Fn2.MAX, Scalar.of(0)).with(Fn2.MIN, Scalar.of(1)));
    }
  }

  /** {@code x} above 0, else {@code slope * x}. */
  record Leaky(double slope) implements Units {
    static final OpSchema<Leaky> SCHEMA =
        OpSchema.internal(new Leaky(0.25), "_leaky")
            .inputs("data")
            .onnx("LeakyRelu")
            .sample(new Leaky(0.1), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.getFirst();
      return List.of(positive(x).choose(x, x.times(slope)));
    }
  }

  /** {@code x} above 0, else {@code slope * x}, the slopes being an input that broadcasts. */
  record Sloped() implements Units {
    static final OpSchema<Sloped> SCHEMA =
        OpSchema.internal(new Sloped(), "_sloped")
            .inputs("data", "slope")
            .onnx("PRelu")
            .sample(new Sloped(), Shape.of(2, 3), Shape.of(3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.get(0);
      return List.of(positive(x).choose(x, x.times(in.get(1))));
    }
  }

  /** {@code x} above 0, else {@code slope * (exp(x) - 1)} (Clevert et al., ICLR 2016). */
  record Elu(double slope) implements Units {
    static final OpSchema<Elu> SCHEMA =
        OpSchema.internal(new Elu(1), "_elu")
            .inputs("data")
            .onnx("Elu")
            .sample(new Elu(0.7), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.getFirst();
      return List.of(positive(x).choose(x, x.map(Fn.EXPM1).times(slope)));
    }
  }

  /** ELU with the slope and scale that keep mean 0 and variance 1. */
  record Selu() implements Units {
    static final OpSchema<Selu> SCHEMA =
        OpSchema.internal(new Selu(), "_selu")
            .inputs("data")
            .onnx("Selu")
            .sample(new Selu(), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.getFirst();
      Scalar below = x.map(Fn.EXPM1).times(SELU_ALPHA);
      return List.of(positive(x).choose(x, below).times(SELU_SCALE));
    }
  }

  /** {@code x/2 * (1 + erf(x / sqrt 2))} (Hendrycks and Gimpel, 2016), exact. */
  record Gelu() implements Units {
    static final OpSchema<Gelu> SCHEMA =
        OpSchema.internal(new Gelu(), "_gelu")
            .inputs("data")
            .onnx("Gelu")
            .sample(new Gelu(), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.getFirst();
      return List.of(x.times(0.5).times(x.times(Math.sqrt(0.5)).map(Fn.ERF).plus(1)));
    }
  }

  /**
   * {@code s²x²/2} where {@code |x| < 1/s²}, else {@code |x| - 1/(2s²)}, s being the scalar (Fast
   * R-CNN, Girshick, ICCV 2015).
   */
  record SmoothL1(double scalar) implements Units {
    static final OpSchema<SmoothL1> SCHEMA =
        define(new SmoothL1(1), "smooth_l1")
            .inputs("data")
            .sample(new SmoothL1(0.8), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar x = in.getFirst();
      double square = scalar * scalar;
      Scalar size = x.map(Fn.ABS);
      Scalar inner = size.with(Fn2.LT, Scalar.of(1 / square));
      return List.of(inner.choose(x.times(x).times(square / 2), size.minus(0.5 / square)));
    }
  }
}
