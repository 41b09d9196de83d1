package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;

/** Elementary functions of one operand, one record each. */
public sealed interface UnaryMath extends Op.Pointwise {
  /** The function. */
  Scalar value(Scalar x);

  @Override
  default List<Scalar> apply(List<Scalar> in) {
    return List.of(value(in.getFirst()));
  }

  /** {@code -x}. */
  record Negative() implements UnaryMath {
    static final OpSchema<Negative> SCHEMA =
        define(new Negative(), "negative")
            .inputs("data")
            .method("neg")
            .onnx("Neg")
            .sample(new Negative(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.NEG);
    }
  }

  /** {@code |x|}; the gradient at 0 is 0. */
  record Abs() implements UnaryMath {
    static final OpSchema<Abs> SCHEMA =
        define(new Abs(), "abs")
            .inputs("data")
            .method("abs")
            .onnx("Abs")
            .sample(new Abs(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.ABS);
    }
  }

  /** -1, 0 or 1. */
  record Sign() implements UnaryMath {
    static final OpSchema<Sign> SCHEMA =
        define(new Sign(), "sign")
            .inputs("data")
            .method("sign")
            .onnx("Sign")
            .sample(new Sign(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.SIGN);
    }
  }

  /** {@code e^x}. */
  record Exp() implements UnaryMath {
    static final OpSchema<Exp> SCHEMA =
        define(new Exp(), "exp")
            .inputs("data")
            .method("exp")
            .onnx("Exp")
            .sample(new Exp(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.EXP);
    }
  }

  /** {@code e^x - 1}, accurate near 0. */
  record Expm1() implements UnaryMath {
    static final OpSchema<Expm1> SCHEMA =
        define(new Expm1(), "expm1").inputs("data").sample(new Expm1(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.EXPM1);
    }
  }

  /** Natural logarithm. */
  record Log() implements UnaryMath {
    static final OpSchema<Log> SCHEMA =
        define(new Log(), "log")
            .inputs("data")
            .method("log")
            .onnx("Log")
            .sample(new Log(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.LOG);
    }
  }

  /** {@code log(1 + x)}, accurate near 0. */
  record Log1p() implements UnaryMath {
    static final OpSchema<Log1p> SCHEMA =
        define(new Log1p(), "log1p").inputs("data").sample(new Log1p(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.LOG1P);
    }
  }

  /** Logarithm to base 2. */
  record Log2() implements UnaryMath {
    static final OpSchema<Log2> SCHEMA =
        define(new Log2(), "log2").inputs("data").sample(new Log2(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.LOG).times(1 / Math.log(2));
    }
  }

  /** Logarithm to base 10. */
  record Log10() implements UnaryMath {
    static final OpSchema<Log10> SCHEMA =
        define(new Log10(), "log10").inputs("data").sample(new Log10(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.LOG).times(1 / Math.log(10));
    }
  }

  /** Square root. */
  record Sqrt() implements UnaryMath {
    static final OpSchema<Sqrt> SCHEMA =
        define(new Sqrt(), "sqrt")
            .inputs("data")
            .method("sqrt")
            .onnx("Sqrt")
            .sample(new Sqrt(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.SQRT);
    }
  }

  /** {@code 1 / sqrt(x)}. */
  record Rsqrt() implements UnaryMath {
    static final OpSchema<Rsqrt> SCHEMA =
        define(new Rsqrt(), "rsqrt").inputs("data").sample(new Rsqrt(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return Scalar.of(1).over(x.map(Fn.SQRT));
    }
  }

  /** {@code x * x}. */
  record Square() implements UnaryMath {
    static final OpSchema<Square> SCHEMA =
        define(new Square(), "square")
            .inputs("data")
            .method("square")
            .sample(new Square(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.times(x);
    }
  }

  /** {@code 1 / x}. */
  record Reciprocal() implements UnaryMath {
    static final OpSchema<Reciprocal> SCHEMA =
        define(new Reciprocal(), "reciprocal")
            .inputs("data")
            .onnx("Reciprocal")
            .sample(new Reciprocal(), 0.1, 3, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return Scalar.of(1).over(x);
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements UnaryMath {
    static final OpSchema<Tanh> SCHEMA =
        define(new Tanh(), "tanh")
            .inputs("data")
            .method("tanh")
            .onnx("Tanh")
            .sample(new Tanh(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.TANH);
    }
  }

  /** Sine, radians. */
  record Sin() implements UnaryMath {
    static final OpSchema<Sin> SCHEMA =
        define(new Sin(), "sin").inputs("data").onnx("Sin").sample(new Sin(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.SIN);
    }
  }

  /** Cosine, radians. */
  record Cos() implements UnaryMath {
    static final OpSchema<Cos> SCHEMA =
        define(new Cos(), "cos").inputs("data").onnx("Cos").sample(new Cos(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.COS);
    }
  }

  /** Gauss error function. */
  record Erf() implements UnaryMath {
    static final OpSchema<Erf> SCHEMA =
        define(new Erf(), "erf")
            .inputs("data")
            .method("erf")
            .onnx("Erf")
            .sample(new Erf(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.ERF);
    }
  }

  /** Largest integer not above x. */
  record Floor() implements UnaryMath {
    static final OpSchema<Floor> SCHEMA =
        define(new Floor(), "floor")
            .inputs("data")
            .onnx("Floor")
            .sample(new Floor(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.FLOOR);
    }
  }

  /** Smallest integer not below x. */
  record Ceil() implements UnaryMath {
    static final OpSchema<Ceil> SCHEMA =
        define(new Ceil(), "ceil").inputs("data").onnx("Ceil").sample(new Ceil(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.CEIL);
    }
  }

  /** Towards zero. */
  record Trunc() implements UnaryMath {
    static final OpSchema<Trunc> SCHEMA =
        define(new Trunc(), "trunc", "fix").inputs("data").sample(new Trunc(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.map(Fn.TRUNC);
    }
  }

  /** Nearest integer, ties downwards: MXNet's rint, unlike C's. */
  record Rint() implements UnaryMath {
    static final OpSchema<Rint> SCHEMA =
        define(new Rint(), "rint").inputs("data").onnx("Round").sample(new Rint(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      Scalar below = x.map(Fn.FLOOR);
      Scalar above = x.map(Fn.CEIL);
      return Scalars.select(x.minus(below).with(Fn2.LE, above.minus(x)), below, above);
    }
  }

  /** The input itself. */
  record Copy() implements UnaryMath {
    static final OpSchema<Copy> SCHEMA =
        define(new Copy(), "_copy", "identity")
            .inputs("data")
            .onnx("Identity")
            .function("identity")
            .sample(new Copy(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x;
    }
  }

  /** The input itself, through which no gradient flows (MXNet's stop_gradient). */
  record BlockGrad() implements UnaryMath {
    static final OpSchema<BlockGrad> SCHEMA =
        define(new BlockGrad(), "BlockGrad", "stop_gradient").inputs("data");

    @Override
    public Scalar value(Scalar x) {
      return x;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "this operator exists to stop the gradient");
    }
  }
}
