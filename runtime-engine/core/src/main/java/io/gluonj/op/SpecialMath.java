package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import java.util.List;

/** Roots, gamma functions and other functions that are expressions of elementary ones. */
public sealed interface SpecialMath extends Op.Pointwise {
  /** The function. */
  Scalar value(Scalar x);

  @Override
  default List<Scalar> apply(List<Scalar> in) {
    return List.of(value(in.getFirst()));
  }

  /** Cube root, real for negative numbers too. */
  record Cbrt() implements SpecialMath {
    static final OpSchema<Cbrt> SCHEMA =
        define(new Cbrt(), "cbrt").inputs("data").sample(new Cbrt(), 0.1, 2, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.cbrt(x);
    }

    /** {@code 1 / (3 y²)}. */
    @Override
    public void vjp(Vjp g) {
      Scalar y = Scalar.arg(0);
      Scalar slope = Scalar.of(1.0 / 3).over(y.times(y));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.out(0), g.dy()));
    }
  }

  /** {@code 1 / cbrt(x)}. */
  record Rcbrt() implements SpecialMath {
    static final OpSchema<Rcbrt> SCHEMA =
        define(new Rcbrt(), "rcbrt").inputs("data").sample(new Rcbrt(), 0.1, 2, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return Scalar.of(1).over(SpecialFunctions.cbrt(x));
    }

    /** {@code -y⁴ / 3}. */
    @Override
    public void vjp(Vjp g) {
      Scalar y = Scalar.arg(0);
      Scalar slope = y.times(y).times(y).times(y).times(-1.0 / 3);
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.out(0), g.dy()));
    }
  }

  /** The gamma function; NaN at its poles 0, -1, -2, … */
  record Gamma() implements SpecialMath {
    static final OpSchema<Gamma> SCHEMA =
        define(new Gamma(), "gamma").inputs("data").sample(new Gamma(), 0.1, 4, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.gamma(x);
    }

    /** {@code Γ(x) ψ(x)}. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = SpecialFunctions.gamma(x).times(SpecialFunctions.digamma(x));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Logarithm of the absolute value of the gamma function. */
  record Gammaln() implements SpecialMath {
    static final OpSchema<Gammaln> SCHEMA =
        define(new Gammaln(), "gammaln")
            .inputs("data")
            .sample(new Gammaln(), -0.9, 4, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.logGamma(x);
    }

    /** {@code ψ(x)}, the digamma function. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = SpecialFunctions.digamma(x);
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Derivative of the logarithm of the gamma function. */
  record Digamma() implements SpecialMath {
    static final OpSchema<Digamma> SCHEMA =
        define(new Digamma(), "digamma")
            .inputs("data")
            .sample(new Digamma(), 0.1, 4, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.digamma(x);
    }
  }

  /** Inverse of the error function. */
  record Erfinv() implements SpecialMath {
    static final OpSchema<Erfinv> SCHEMA =
        define(new Erfinv(), "erfinv")
            .inputs("data")
            .sample(new Erfinv(), -0.95, 0.95, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.erfinv(x);
    }

    /** {@code sqrt(pi)/2 exp(y²)}. */
    @Override
    public void vjp(Vjp g) {
      Scalar y = Scalar.arg(0);
      Scalar slope = y.times(y).map(Fn.EXP).times(Math.sqrt(Math.PI) / 2);
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.out(0), g.dy()));
    }
  }

  /** Nearest integer, ties away from 0. */
  record Round() implements SpecialMath {
    static final OpSchema<Round> SCHEMA =
        define(new Round(), "round").inputs("data").sample(new Round(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      Scalar whole = x.map(Fn.TRUNC);
      Scalar further = x.minus(whole).map(Fn.ABS).with(Fn2.GE, Scalar.of(0.5));
      return further.choose(whole.plus(x.map(Fn.SIGN)), whole);
    }
  }

  /** 1 where {@code x == 0}, else 0. */
  record LogicalNot() implements SpecialMath {
    static final OpSchema<LogicalNot> SCHEMA =
        define(new LogicalNot(), "logical_not")
            .inputs("data")
            .onnx("Not")
            .sample(new LogicalNot(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.EQ, Scalar.of(0));
    }
  }
}
