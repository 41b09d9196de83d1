package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * Functions of several operands that broadcast as in NumPy, one record each. MXNet has each twice,
 * with and without broadcasting; files get the narrower one where the shapes are known to be equal.
 */
public sealed interface BinaryMath extends Op.Pointwise {
  /** A function of exactly two operands. */
  sealed interface OfTwo extends BinaryMath {
    Scalar value(Scalar a, Scalar b);

    @Override
    default List<Scalar> apply(List<Scalar> in) {
      return List.of(value(in.get(0), in.get(1)));
    }
  }

  private static boolean equalShapes(List<Shape> in) {
    return in.get(0).isKnown() && in.get(0).equals(in.get(1));
  }

  /** {@code lhs + rhs}. */
  record Add() implements OfTwo {
    static final OpSchema<Add> SCHEMA =
        define(
                new Add(),
                "broadcast_add",
                "elemwise_add",
                "_plus",
                "_add",
                "_Plus",
                "broadcast_plus")
            .inputs("lhs", "rhs")
            .method("add")
            .onnx("Add")
            .exportedAs((op, in) -> equalShapes(in) ? "elemwise_add" : "broadcast_add")
            .hint("_plus")
            .sample(new Add(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Add(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.plus(b);
    }
  }

  /** {@code lhs - rhs}. */
  record Subtract() implements OfTwo {
    static final OpSchema<Subtract> SCHEMA =
        define(
                new Subtract(),
                "broadcast_sub",
                "elemwise_sub",
                "_minus",
                "_sub",
                "_Minus",
                "broadcast_minus")
            .inputs("lhs", "rhs")
            .method("sub")
            .onnx("Sub")
            .exportedAs((op, in) -> equalShapes(in) ? "elemwise_sub" : "broadcast_sub")
            .hint("_minus")
            .sample(new Subtract(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Subtract(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.minus(b);
    }
  }

  /** {@code lhs * rhs}. */
  record Multiply() implements OfTwo {
    static final OpSchema<Multiply> SCHEMA =
        define(new Multiply(), "broadcast_mul", "elemwise_mul", "_mul", "_Mul")
            .inputs("lhs", "rhs")
            .method("mul")
            .onnx("Mul")
            .exportedAs((op, in) -> equalShapes(in) ? "elemwise_mul" : "broadcast_mul")
            .hint("_mul")
            .sample(new Multiply(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Multiply(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.times(b);
    }
  }

  /** {@code lhs / rhs}. */
  record Divide() implements OfTwo {
    static final OpSchema<Divide> SCHEMA =
        define(new Divide(), "broadcast_div", "elemwise_div", "_div", "_Div")
            .inputs("lhs", "rhs")
            .method("div")
            .onnx("Div")
            .exportedAs((op, in) -> equalShapes(in) ? "elemwise_div" : "broadcast_div")
            .hint("_div")
            .sample(new Divide(), 0.5, 2, Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Divide(), 0.5, 2, Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.over(b);
    }
  }

  /** {@code lhs ^ rhs}. */
  record Power() implements OfTwo {
    static final OpSchema<Power> SCHEMA =
        define(new Power(), "broadcast_power", "_power", "_Power")
            .inputs("lhs", "rhs")
            .method("pow")
            .onnx("Pow")
            .exportedAs((op, in) -> equalShapes(in) ? "_power" : "broadcast_power")
            .hint("_power")
            .sample(new Power(), 0.5, 2, Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Power(), 0.5, 2, Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.POW, b);
    }
  }

  /** The larger operand; a tie passes the gradient to the left one. */
  record Maximum() implements OfTwo {
    static final OpSchema<Maximum> SCHEMA =
        define(new Maximum(), "broadcast_maximum", "_maximum", "_Maximum")
            .inputs("lhs", "rhs")
            .method("maximum")
            .onnx("Max")
            .exportedAs((op, in) -> equalShapes(in) ? "_maximum" : "broadcast_maximum")
            .hint("_maximum")
            .sample(new Maximum(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Maximum(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.MAX, b);
    }
  }

  /** The smaller operand; a tie passes the gradient to the left one. */
  record Minimum() implements OfTwo {
    static final OpSchema<Minimum> SCHEMA =
        define(new Minimum(), "broadcast_minimum", "_minimum", "_Minimum")
            .inputs("lhs", "rhs")
            .method("minimum")
            .onnx("Min")
            .exportedAs((op, in) -> equalShapes(in) ? "_minimum" : "broadcast_minimum")
            .hint("_minimum")
            .sample(new Minimum(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Minimum(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.MIN, b);
    }
  }

  /** Remainder with the sign of the divisor. */
  record Modulo() implements OfTwo {
    static final OpSchema<Modulo> SCHEMA =
        define(new Modulo(), "broadcast_mod", "_mod", "_Mod")
            .inputs("lhs", "rhs")
            .function("mod")
            .exportedAs((op, in) -> equalShapes(in) ? "_mod" : "broadcast_mod")
            .hint("_mod")
            .sample(new Modulo(), 0.6, 2.9, Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Modulo(), 0.6, 2.9, Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.MOD, b);
    }
  }

  /** 1 where {@code lhs == rhs}, else 0. */
  record Equal() implements OfTwo {
    static final OpSchema<Equal> SCHEMA =
        define(new Equal(), "broadcast_equal", "_equal")
            .inputs("lhs", "rhs")
            .method("equal")
            .onnx("Equal")
            .exportedAs((op, in) -> equalShapes(in) ? "_equal" : "broadcast_equal")
            .hint("_equal")
            .sample(new Equal(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Equal(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.EQ, b);
    }
  }

  /** 1 where {@code lhs != rhs}, else 0. */
  record NotEqual() implements OfTwo {
    static final OpSchema<NotEqual> SCHEMA =
        define(new NotEqual(), "broadcast_not_equal", "_not_equal")
            .inputs("lhs", "rhs")
            .function("notEqual")
            .exportedAs((op, in) -> equalShapes(in) ? "_not_equal" : "broadcast_not_equal")
            .hint("_not_equal")
            .sample(new NotEqual(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new NotEqual(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.NE, b);
    }
  }

  /** 1 where {@code lhs > rhs}, else 0. */
  record Greater() implements OfTwo {
    static final OpSchema<Greater> SCHEMA =
        define(new Greater(), "broadcast_greater", "_greater")
            .inputs("lhs", "rhs")
            .method("greater")
            .onnx("Greater")
            .exportedAs((op, in) -> equalShapes(in) ? "_greater" : "broadcast_greater")
            .hint("_greater")
            .sample(new Greater(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Greater(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.GT, b);
    }
  }

  /** 1 where {@code lhs >= rhs}, else 0. */
  record GreaterEqual() implements OfTwo {
    static final OpSchema<GreaterEqual> SCHEMA =
        define(new GreaterEqual(), "broadcast_greater_equal", "_greater_equal")
            .inputs("lhs", "rhs")
            .function("greaterEqual")
            .onnx("GreaterOrEqual")
            .exportedAs((op, in) -> equalShapes(in) ? "_greater_equal" : "broadcast_greater_equal")
            .hint("_greater_equal")
            .sample(new GreaterEqual(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new GreaterEqual(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.GE, b);
    }
  }

  /** 1 where {@code lhs < rhs}, else 0. */
  record Lesser() implements OfTwo {
    static final OpSchema<Lesser> SCHEMA =
        define(new Lesser(), "broadcast_lesser", "_lesser")
            .inputs("lhs", "rhs")
            .method("lesser")
            .onnx("Less")
            .exportedAs((op, in) -> equalShapes(in) ? "_lesser" : "broadcast_lesser")
            .hint("_lesser")
            .sample(new Lesser(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Lesser(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.LT, b);
    }
  }

  /** 1 where {@code lhs <= rhs}, else 0. */
  record LesserEqual() implements OfTwo {
    static final OpSchema<LesserEqual> SCHEMA =
        define(new LesserEqual(), "broadcast_lesser_equal", "_lesser_equal")
            .inputs("lhs", "rhs")
            .function("lesserEqual")
            .onnx("LessOrEqual")
            .exportedAs((op, in) -> equalShapes(in) ? "_lesser_equal" : "broadcast_lesser_equal")
            .hint("_lesser_equal")
            .sample(new LesserEqual(), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new LesserEqual(), Shape.of(4, 2, 3), Shape.of(2, 1));

    @Override
    public Scalar value(Scalar a, Scalar b) {
      return a.with(Fn2.LE, b);
    }
  }

  /** {@code x} where the condition is not 0, else {@code y}. */
  record Where() implements BinaryMath {
    static final OpSchema<Where> SCHEMA =
        define(new Where(), "where")
            .inputs("condition", "x", "y")
            .methodOf("x", "where")
            .onnx("Where")
            .sample(new Where(), Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(in.get(0).choose(in.get(1), in.get(2)));
    }
  }
}
