package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;

/** Functions of one operand and a constant, one record each. */
public sealed interface ScalarMath extends Op.Pointwise {
  /** The function. */
  Scalar value(Scalar x);

  @Override
  default List<Scalar> apply(List<Scalar> in) {
    return List.of(value(in.getFirst()));
  }

  /** {@code x + scalar}. */
  record AddScalar(double scalar) implements ScalarMath {
    static final OpSchema<AddScalar> SCHEMA =
        define(new AddScalar(0), "_plus_scalar", "_PlusScalar")
            .inputs("data")
            .onnx("Add")
            .method("add", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_plusscalar")
            .sample(new AddScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.plus(scalar);
    }
  }

  /** {@code x - scalar}. */
  record SubtractScalar(double scalar) implements ScalarMath {
    static final OpSchema<SubtractScalar> SCHEMA =
        define(new SubtractScalar(0), "_minus_scalar", "_MinusScalar")
            .inputs("data")
            .onnx("Sub")
            .method("sub", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_minusscalar")
            .sample(new SubtractScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.minus(scalar);
    }
  }

  /** {@code scalar - x}. */
  record ReverseSubtractScalar(double scalar) implements ScalarMath {
    static final OpSchema<ReverseSubtractScalar> SCHEMA =
        define(new ReverseSubtractScalar(0), "_rminus_scalar", "_RMinusScalar")
            .inputs("data")
            .onnx("Sub")
            .method("rsub", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_rminusscalar")
            .sample(new ReverseSubtractScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return Scalar.of(scalar).minus(x);
    }
  }

  /** {@code x * scalar}. */
  record MultiplyScalar(double scalar) implements ScalarMath {
    static final OpSchema<MultiplyScalar> SCHEMA =
        define(new MultiplyScalar(0), "_mul_scalar", "_MulScalar")
            .inputs("data")
            .onnx("Mul")
            .method("mul", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_mulscalar")
            .sample(new MultiplyScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.times(scalar);
    }
  }

  /** {@code x / scalar}. */
  record DivideScalar(double scalar) implements ScalarMath {
    static final OpSchema<DivideScalar> SCHEMA =
        define(new DivideScalar(0), "_div_scalar", "_DivScalar")
            .inputs("data")
            .onnx("Div")
            .method("div", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_divscalar")
            .sample(new DivideScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.over(Scalar.of(scalar));
    }
  }

  /** {@code scalar / x}. */
  record ReverseDivideScalar(double scalar) implements ScalarMath {
    static final OpSchema<ReverseDivideScalar> SCHEMA =
        define(new ReverseDivideScalar(0), "_rdiv_scalar", "_RDivScalar")
            .inputs("data")
            .onnx("Div")
            .method("rdiv", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_rdivscalar")
            .sample(new ReverseDivideScalar(1.5), 0.5, 2, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return Scalar.of(scalar).over(x);
    }
  }

  /** {@code x ^ scalar}. */
  record PowerScalar(double scalar) implements ScalarMath {
    static final OpSchema<PowerScalar> SCHEMA =
        define(new PowerScalar(0), "_power_scalar", "_PowerScalar")
            .inputs("data")
            .onnx("Pow")
            .method("pow", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_powerscalar")
            .sample(new PowerScalar(1.5), 0.5, 2, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.POW, Scalar.of(scalar));
    }
  }

  /** {@code scalar ^ x}. */
  record ReversePowerScalar(double scalar) implements ScalarMath {
    static final OpSchema<ReversePowerScalar> SCHEMA =
        define(new ReversePowerScalar(0), "_rpower_scalar", "_RPowerScalar")
            .inputs("data")
            .function("rpow")
            .onnx("Pow")
            .required("scalar")
            .ignored("is_int")
            .hint("_rpowerscalar")
            .sample(new ReversePowerScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return Scalar.of(scalar).with(Fn2.POW, x);
    }
  }

  /** {@code max(x, scalar)}. */
  record MaximumScalar(double scalar) implements ScalarMath {
    static final OpSchema<MaximumScalar> SCHEMA =
        define(new MaximumScalar(0), "_maximum_scalar", "_MaximumScalar")
            .inputs("data")
            .onnx("Max")
            .method("maximum", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_maximumscalar")
            .sample(new MaximumScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.MAX, Scalar.of(scalar));
    }
  }

  /** {@code min(x, scalar)}. */
  record MinimumScalar(double scalar) implements ScalarMath {
    static final OpSchema<MinimumScalar> SCHEMA =
        define(new MinimumScalar(0), "_minimum_scalar", "_MinimumScalar")
            .inputs("data")
            .onnx("Min")
            .method("minimum", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_minimumscalar")
            .sample(new MinimumScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.MIN, Scalar.of(scalar));
    }
  }

  /** Remainder of {@code x / scalar} with the scalar's sign. */
  record ModuloScalar(double scalar) implements ScalarMath {
    static final OpSchema<ModuloScalar> SCHEMA =
        define(new ModuloScalar(0), "_mod_scalar", "_ModScalar")
            .inputs("data")
            .function("mod")
            .required("scalar")
            .ignored("is_int")
            .hint("_modscalar")
            .sample(new ModuloScalar(1.5), 0.1, 1.4, Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.MOD, Scalar.of(scalar));
    }
  }

  /** 1 where {@code x == scalar}, else 0. */
  record EqualScalar(double scalar) implements ScalarMath {
    static final OpSchema<EqualScalar> SCHEMA =
        define(new EqualScalar(0), "_equal_scalar")
            .inputs("data")
            .function("equal")
            .onnx("Equal")
            .required("scalar")
            .ignored("is_int")
            .hint("_equalscalar")
            .sample(new EqualScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.EQ, Scalar.of(scalar));
    }
  }

  /** 1 where {@code x != scalar}, else 0. */
  record NotEqualScalar(double scalar) implements ScalarMath {
    static final OpSchema<NotEqualScalar> SCHEMA =
        define(new NotEqualScalar(0), "_not_equal_scalar")
            .inputs("data")
            .function("notEqual")
            .required("scalar")
            .ignored("is_int")
            .hint("_notequalscalar")
            .sample(new NotEqualScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.NE, Scalar.of(scalar));
    }
  }

  /** 1 where {@code x > scalar}, else 0. */
  record GreaterScalar(double scalar) implements ScalarMath {
    static final OpSchema<GreaterScalar> SCHEMA =
        define(new GreaterScalar(0), "_greater_scalar")
            .inputs("data")
            .onnx("Greater")
            .method("greater", "scalar")
            .required("scalar")
            .ignored("is_int")
            .hint("_greaterscalar")
            .sample(new GreaterScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.GT, Scalar.of(scalar));
    }
  }

  /** 1 where {@code x >= scalar}, else 0. */
  record GreaterEqualScalar(double scalar) implements ScalarMath {
    static final OpSchema<GreaterEqualScalar> SCHEMA =
        define(new GreaterEqualScalar(0), "_greater_equal_scalar")
            .inputs("data")
            .function("greaterEqual")
            .onnx("GreaterOrEqual")
            .required("scalar")
            .ignored("is_int")
            .hint("_greaterequalscalar")
            .sample(new GreaterEqualScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.GE, Scalar.of(scalar));
    }
  }

  /** 1 where {@code x < scalar}, else 0. */
  record LesserScalar(double scalar) implements ScalarMath {
    static final OpSchema<LesserScalar> SCHEMA =
        define(new LesserScalar(0), "_lesser_scalar")
            .inputs("data")
            .function("lesser")
            .onnx("Less")
            .required("scalar")
            .ignored("is_int")
            .hint("_lesserscalar")
            .sample(new LesserScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.LT, Scalar.of(scalar));
    }
  }

  /** 1 where {@code x <= scalar}, else 0. */
  record LesserEqualScalar(double scalar) implements ScalarMath {
    static final OpSchema<LesserEqualScalar> SCHEMA =
        define(new LesserEqualScalar(0), "_lesser_equal_scalar")
            .inputs("data")
            .function("lesserEqual")
            .onnx("LessOrEqual")
            .required("scalar")
            .ignored("is_int")
            .hint("_lesserequalscalar")
            .sample(new LesserEqualScalar(1.5), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.LE, Scalar.of(scalar));
    }
  }

  /** Restricts values to [aMin, aMax]; outside, the gradient is 0. */
  record Clip(double aMin, double aMax) implements ScalarMath {
    static final OpSchema<Clip> SCHEMA =
        define(new Clip(0, 0), "clip")
            .inputs("data")
            .method("clip", "aMin", "aMax")
            .onnx("Clip")
            .required("a_min", "a_max")
            .sample(new Clip(-1, 1), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.MAX, Scalar.of(aMin)).with(Fn2.MIN, Scalar.of(aMax));
    }
  }
}
