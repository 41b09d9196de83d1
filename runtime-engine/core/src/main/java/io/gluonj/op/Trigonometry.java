package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import java.util.List;

/** Trigonometric and hyperbolic functions and their inverses, one record each. */
public sealed interface Trigonometry extends Op.Pointwise {
  /** The function. */
  Scalar value(Scalar x);

  @Override
  default List<Scalar> apply(List<Scalar> in) {
    return List.of(value(in.getFirst()));
  }

  /** Tangent, radians. */
  record Tan() implements Trigonometry {
    static final OpSchema<Tan> SCHEMA =
        define(new Tan(), "tan").inputs("data").onnx("Tan").sample(new Tan(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.SIN).over(x.map(Fn.COS));
    }

    /** {@code 1 + tan²}: the quotient rule would divide by a small square. */
    @Override
    public void vjp(Vjp g) {
      Scalar y = Scalar.arg(0);
      Scalar slope = y.times(y).plus(1);
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.out(0), g.dy()));
    }
  }

  /** Arc sine. */
  record Arcsin() implements Trigonometry {
    static final OpSchema<Arcsin> SCHEMA =
        define(new Arcsin(), "arcsin")
            .inputs("data")
            .onnx("Asin")
            .sample(new Arcsin(), -0.9, 0.9, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.asin(x);
    }

    /** {@code 1 / sqrt(1 - x²)}, not the slope of an approximation. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = Scalar.of(1).over(Scalar.of(1).minus(x.times(x)).map(Fn.SQRT));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Arc cosine. */
  record Arccos() implements Trigonometry {
    static final OpSchema<Arccos> SCHEMA =
        define(new Arccos(), "arccos")
            .inputs("data")
            .onnx("Acos")
            .sample(new Arccos(), -0.9, 0.9, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.acos(x);
    }

    /** {@code -1 / sqrt(1 - x²)}, not the slope of an approximation. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = Scalar.of(-1).over(Scalar.of(1).minus(x.times(x)).map(Fn.SQRT));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Arc tangent. */
  record Arctan() implements Trigonometry {
    static final OpSchema<Arctan> SCHEMA =
        define(new Arctan(), "arctan")
            .inputs("data")
            .onnx("Atan")
            .sample(new Arctan(), -3, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.atan(x);
    }

    /** {@code 1 / (1 + x²)}, not the slope of an approximation. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = Scalar.of(1).over(x.times(x).plus(1));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Hyperbolic sine, accurate near 0. */
  record Sinh() implements Trigonometry {
    static final OpSchema<Sinh> SCHEMA =
        define(new Sinh(), "sinh").inputs("data").onnx("Sinh").sample(new Sinh(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.EXPM1).minus(x.map(Fn.NEG).map(Fn.EXPM1)).times(0.5);
    }
  }

  /** Hyperbolic cosine. */
  record Cosh() implements Trigonometry {
    static final OpSchema<Cosh> SCHEMA =
        define(new Cosh(), "cosh").inputs("data").onnx("Cosh").sample(new Cosh(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.EXP).plus(x.map(Fn.NEG).map(Fn.EXP)).times(0.5);
    }
  }

  /** Inverse of the hyperbolic sine. */
  record Arcsinh() implements Trigonometry {
    static final OpSchema<Arcsinh> SCHEMA =
        define(new Arcsinh(), "arcsinh")
            .inputs("data")
            .onnx("Asinh")
            .sample(new Arcsinh(), -3, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.asinh(x);
    }

    /** {@code 1 / sqrt(x² + 1)}. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = Scalar.of(1).over(x.times(x).plus(1).map(Fn.SQRT));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Inverse of the hyperbolic cosine. */
  record Arccosh() implements Trigonometry {
    static final OpSchema<Arccosh> SCHEMA =
        define(new Arccosh(), "arccosh")
            .inputs("data")
            .onnx("Acosh")
            .sample(new Arccosh(), 1.2, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.acosh(x);
    }

    /** {@code 1 / sqrt(x² - 1)}. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = Scalar.of(1).over(x.times(x).minus(1).map(Fn.SQRT));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Inverse of the hyperbolic tangent. */
  record Arctanh() implements Trigonometry {
    static final OpSchema<Arctanh> SCHEMA =
        define(new Arctanh(), "arctanh")
            .inputs("data")
            .onnx("Atanh")
            .sample(new Arctanh(), -0.9, 0.9, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return SpecialFunctions.atanh(x);
    }

    /** {@code 1 / (1 - x²)}. */
    @Override
    public void vjp(Vjp g) {
      Scalar x = Scalar.arg(0);
      Scalar slope = Scalar.of(1).over(Scalar.of(1).minus(x.times(x)));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.in(0), g.dy()));
    }
  }

  /** Radians to degrees. */
  record Degrees() implements Trigonometry {
    static final OpSchema<Degrees> SCHEMA =
        define(new Degrees(), "degrees").inputs("data").sample(new Degrees(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.times(180 / Math.PI);
    }
  }

  /** Degrees to radians. */
  record Radians() implements Trigonometry {
    static final OpSchema<Radians> SCHEMA =
        define(new Radians(), "radians").inputs("data").sample(new Radians(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.times(Math.PI / 180);
    }
  }
}
