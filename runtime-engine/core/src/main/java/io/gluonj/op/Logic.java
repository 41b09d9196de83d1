package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;

/** Logic on numbers, where 0 is false and all else true, and what else exists in two forms. */
public sealed interface Logic extends Op.Pointwise {
  private static Scalar truth(Scalar x) {
    return x.with(Fn2.NE, Scalar.of(0));
  }

  private static Scalar and(Scalar a, Scalar b) {
    return truth(a).times(truth(b));
  }

  private static Scalar or(Scalar a, Scalar b) {
    return truth(a).with(Fn2.MAX, truth(b));
  }

  private static Scalar xor(Scalar a, Scalar b) {
    return truth(a).with(Fn2.NE, truth(b));
  }

  /** {@code sqrt(a² + b²)} without overflow on the way. */
  private static Scalar hypot(Scalar a, Scalar b) {
    Scalar large = a.map(Fn.ABS).with(Fn2.MAX, b.map(Fn.ABS));
    Scalar small = a.map(Fn.ABS).with(Fn2.MIN, b.map(Fn.ABS));
    Scalar ratio = small.over(large);
    Scalar finite = large.times(ratio.times(ratio).plus(1).map(Fn.SQRT));
    Scalar plain =
        large
            .with(Fn2.EQ, Scalar.of(0))
            .with(Fn2.MAX, large.with(Fn2.EQ, Scalar.of(Double.POSITIVE_INFINITY)));
    return plain.choose(large, finite);
  }

  private static boolean equalShapes(List<Shape> in) {
    return in.get(0).isKnown() && in.get(0).equals(in.get(1));
  }

  /** 1 where both operands are not 0, else 0. */
  record LogicalAnd() implements Logic {
    static final OpSchema<LogicalAnd> SCHEMA =
        define(new LogicalAnd(), "broadcast_logical_and", "_logical_and")
            .inputs("lhs", "rhs")
            .function("logicalAnd")
            .onnx("And")
            .exportedAs((op, in) -> equalShapes(in) ? "_logical_and" : "broadcast_logical_and")
            .hint("_logical_and")
            .sample(new LogicalAnd(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new LogicalAnd(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(and(in.get(0), in.get(1)));
    }
  }

  /** 1 where both operands are not 0, one of them being a constant, else 0. */
  record LogicalAndScalar(double scalar) implements Logic {
    static final OpSchema<LogicalAndScalar> SCHEMA =
        define(new LogicalAndScalar(0), "_logical_and_scalar")
            .inputs("data")
            .function("logicalAnd")
            .required("scalar")
            .ignored("is_int")
            .sample(new LogicalAndScalar(1.5), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(and(in.getFirst(), Scalar.of(scalar)));
    }
  }

  /** 1 where at least one operand is not 0, else 0. */
  record LogicalOr() implements Logic {
    static final OpSchema<LogicalOr> SCHEMA =
        define(new LogicalOr(), "broadcast_logical_or", "_logical_or")
            .inputs("lhs", "rhs")
            .function("logicalOr")
            .onnx("Or")
            .exportedAs((op, in) -> equalShapes(in) ? "_logical_or" : "broadcast_logical_or")
            .hint("_logical_or")
            .sample(new LogicalOr(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new LogicalOr(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(or(in.get(0), in.get(1)));
    }
  }

  /** 1 where at least one operand is not 0, one of them being a constant, else 0. */
  record LogicalOrScalar(double scalar) implements Logic {
    static final OpSchema<LogicalOrScalar> SCHEMA =
        define(new LogicalOrScalar(0), "_logical_or_scalar")
            .inputs("data")
            .function("logicalOr")
            .required("scalar")
            .ignored("is_int")
            .sample(new LogicalOrScalar(1.5), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(or(in.getFirst(), Scalar.of(scalar)));
    }
  }

  /** 1 where exactly one operand is not 0, else 0. */
  record LogicalXor() implements Logic {
    static final OpSchema<LogicalXor> SCHEMA =
        define(new LogicalXor(), "broadcast_logical_xor", "_logical_xor")
            .inputs("lhs", "rhs")
            .function("logicalXor")
            .onnx("Xor")
            .exportedAs((op, in) -> equalShapes(in) ? "_logical_xor" : "broadcast_logical_xor")
            .hint("_logical_xor")
            .sample(new LogicalXor(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new LogicalXor(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(xor(in.get(0), in.get(1)));
    }
  }

  /** 1 where exactly one operand is not 0, one of them being a constant, else 0. */
  record LogicalXorScalar(double scalar) implements Logic {
    static final OpSchema<LogicalXorScalar> SCHEMA =
        define(new LogicalXorScalar(0), "_logical_xor_scalar")
            .inputs("data")
            .function("logicalXor")
            .required("scalar")
            .ignored("is_int")
            .sample(new LogicalXorScalar(1.5), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(xor(in.getFirst(), Scalar.of(scalar)));
    }
  }

  /** Length of the hypotenuse, {@code sqrt(a² + b²)}. */
  record Hypot() implements Logic {
    static final OpSchema<Hypot> SCHEMA =
        define(new Hypot(), "broadcast_hypot", "_hypot")
            .inputs("lhs", "rhs")
            .function("hypot")
            .exportedAs((op, in) -> equalShapes(in) ? "_hypot" : "broadcast_hypot")
            .hint("_hypot")
            .sample(new Hypot(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Hypot(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(hypot(in.get(0), in.get(1)));
    }

    /** {@code a / y}; the derived gradient would jump where the operands are equal. */
    @Override
    public void vjp(Vjp g) {
      for (int i = 0; i < 2; i++) {
        int input = i;
        g.grad(i, () -> g.dy().mul(g.in(input)).div(g.out(0)).sumTo(g.in(input).shape()));
      }
    }
  }

  /** {@code sqrt(x² + scalar²)}. */
  record HypotScalar(double scalar) implements Logic {
    static final OpSchema<HypotScalar> SCHEMA =
        define(new HypotScalar(0), "_hypot_scalar")
            .inputs("data")
            .function("hypot")
            .required("scalar")
            .ignored("is_int")
            .sample(new HypotScalar(1.5), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(hypot(in.getFirst(), Scalar.of(scalar)));
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> g.dy().mul(g.in(0)).div(g.out(0)));
    }
  }

  /** Remainder of {@code scalar / x} with the sign of x. */
  record ReverseModuloScalar(double scalar) implements Logic {
    static final OpSchema<ReverseModuloScalar> SCHEMA =
        define(new ReverseModuloScalar(0), "_rmod_scalar", "_RModScalar")
            .inputs("data")
            .function("rmod")
            .required("scalar")
            .ignored("is_int")
            .sample(new ReverseModuloScalar(5.5), 1.9, 2.7, Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(Scalar.of(scalar).with(Fn2.MOD, in.getFirst()));
    }
  }

  /** The sum of any number of tensors of one shape. */
  record AddN() implements Logic {
    static final OpSchema<AddN> SCHEMA =
        define(new AddN(), "add_n", "ElementWiseSum")
            .variadic()
            .onnx("Sum")
            .sample(new AddN(), Shape.of(2, 3))
            .sample(new AddN(), Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      Shape common = s.out(0);
      for (int i = 0; i < s.inputs(); i++) {
        s.in(i, common, "all operands have the same shape");
        common = s.in(i);
      }
      for (int i = 0; i < s.inputs(); i++) {
        s.in(i, common, "all operands have the same shape");
      }
      s.out(0, common, "the sum has the shape of the operands");
    }

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(in.stream().reduce(Scalar.of(0), Scalar::plus));
    }

    /** Every operand receives the gradient as it is. */
    @Override
    public void vjp(Vjp g) {
      for (int i = 0; i < g.inputs(); i++) {
        g.grad(i, g::dy);
      }
    }
  }
}
