package io.gluonj.op;

import io.gluonj.op.Scalar.Arg;
import io.gluonj.op.Scalar.Binary;
import io.gluonj.op.Scalar.Const;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.Scalar.Select;
import io.gluonj.op.Scalar.Unary;
import io.gluonj.op.Scalar.Uniform;
import java.util.IdentityHashMap;
import java.util.function.IntFunction;

/** Algebra on {@link Scalar}: derivative, substitution, simplification and value. */
public final class Scalars {
  private Scalars() {}

  /** The derivative of {@code e} with respect to argument {@code arg}, symbolically. */
  public static Scalar derivative(Scalar e, int arg) {
    return switch (e) {
      case Arg(int index) -> Scalar.of(index == arg ? 1 : 0);
      case Const _, Iota _, Uniform _ -> Scalar.of(0);
      case Unary(Fn fn, Scalar x) -> chain(derivative(x, arg), slope(fn, x, e));
      case Select(Scalar c, Scalar yes, Scalar no) ->
          select(c, derivative(yes, arg), derivative(no, arg));
      case Binary(Fn2 fn, Scalar a, Scalar b) -> {
        Scalar da = derivative(a, arg);
        Scalar db = derivative(b, arg);
        yield switch (fn) {
          case ADD -> da.plus(db);
          case SUB -> da.minus(db);
          case MUL -> product(da, b).plus(product(db, a));
          case DIV -> quotient(da, b).minus(product(db, e.over(b)));
          case POW ->
              product(da, b.times(a.with(Fn2.POW, b.minus(1))))
                  .plus(product(db, e.times(a.map(Fn.LOG))));
          // A tie gives the whole gradient to the left operand, as MXNet does.
          case MIN -> select(a.with(Fn2.LE, b), da, db);
          case MAX -> select(a.with(Fn2.GE, b), da, db);
          case MOD -> da.minus(product(db, a.over(b).map(Fn.FLOOR)));
          case EQ, NE, LT, LE, GT, GE -> Scalar.of(0);
        };
      }
    };
  }

  private static Scalar slope(Fn fn, Scalar x, Scalar y) {
    return switch (fn) {
      case NEG -> Scalar.of(-1);
      case ABS -> x.map(Fn.SIGN);
      case SIGN, FLOOR, CEIL, TRUNC, RINT -> Scalar.of(0);
      case EXP -> y;
      case EXPM1 -> y.plus(1);
      case LOG -> Scalar.of(1).over(x);
      case LOG1P -> Scalar.of(1).over(x.plus(1));
      case SQRT -> Scalar.of(0.5).over(y);
      case TANH -> Scalar.of(1).minus(y.times(y));
      case ERF -> x.times(x).map(Fn.NEG).map(Fn.EXP).times(2 / Math.sqrt(Math.PI));
      case SIN -> x.map(Fn.COS);
      case COS -> x.map(Fn.SIN).map(Fn.NEG);
    };
  }

  /** Either factor may be structurally 0: the argument does not occur, or the function is flat. */
  private static Scalar chain(Scalar inner, Scalar slope) {
    return isZero(slope) ? slope : product(inner, slope);
  }

  /** Replaces every argument; positions and random numbers stay. Shared terms stay shared. */
  public static Scalar substitute(Scalar e, IntFunction<Scalar> arguments) {
    return substitute(e, arguments, new IdentityHashMap<>());
  }

  private static Scalar substitute(
      Scalar e, IntFunction<Scalar> arguments, IdentityHashMap<Scalar, Scalar> done) {
    Scalar known = done.get(e);
    if (known != null) {
      return known;
    }
    Scalar result =
        switch (e) {
          case Arg(int index) -> arguments.apply(index);
          case Const _, Iota _ -> e;
          case Uniform(int key, int site) ->
              arguments.apply(key) instanceof Arg(int to)
                  ? new Uniform(to, site)
                  : fail("the key of a random number must stay an input");
          case Unary(Fn fn, Scalar x) -> substitute(x, arguments, done).map(fn);
          case Binary(Fn2 fn, Scalar a, Scalar b) ->
              substitute(a, arguments, done).with(fn, substitute(b, arguments, done));
          case Select(Scalar c, Scalar yes, Scalar no) ->
              select(
                  substitute(c, arguments, done),
                  substitute(yes, arguments, done),
                  substitute(no, arguments, done));
        };
    done.put(e, result);
    return result;
  }

  private static Scalar fail(String why) {
    throw new IllegalArgumentException(why);
  }

  /** {@code condition ? yes : no}, or simply the branch where both are the same. */
  static Scalar select(Scalar condition, Scalar yes, Scalar no) {
    return yes.equals(no) ? yes : new Select(condition, yes, no);
  }

  /**
   * Folds constants and drops neutral elements. {@code 0 * x} stays, because it is NaN where x is
   * not finite; see {@link #product}.
   */
  static Scalar simplify(Scalar e) {
    return switch (e) {
      case Unary(Fn fn, Const(double x)) -> Scalar.of(value(fn, x));
      case Binary(Fn2 fn, Const(double a), Const(double b)) -> Scalar.of(value(fn, a, b));
      case Binary(Fn2 fn, Scalar a, Scalar b) ->
          switch (fn) {
            case ADD -> isZero(a) ? b : isZero(b) ? a : e;
            case SUB -> isZero(b) ? a : isZero(a) ? b.map(Fn.NEG) : e;
            case MUL -> isOne(a) ? b : isOne(b) ? a : e;
            case DIV -> isOne(b) ? a : e;
            case POW -> isOne(b) ? a : b.equals(Scalar.of(2)) ? a.times(a) : e;
            case MIN, MAX, MOD, EQ, NE, LT, LE, GT, GE -> e;
          };
      case Arg _, Const _, Iota _, Uniform _, Unary _, Select _ -> e;
    };
  }

  /**
   * The product of a part of a derivative and another factor: 0 where the part is structurally 0,
   * whatever the other factor is.
   */
  static Scalar product(Scalar derivative, Scalar factor) {
    return isZero(derivative) ? derivative : derivative.times(factor);
  }

  private static Scalar quotient(Scalar derivative, Scalar divisor) {
    return isZero(derivative) ? derivative : derivative.over(divisor);
  }

  private static boolean isZero(Scalar e) {
    return e instanceof Const(double v) && v == 0;
  }

  private static boolean isOne(Scalar e) {
    return e instanceof Const(double v) && v == 1;
  }

  /** Where an expression gets the values of its leaves from. */
  public interface Leaves {
    double arg(int index);

    double iota(int axis);

    double uniform(int key, int site);
  }

  /** The value of {@code e} in double precision: the definition of the language. */
  public static double evaluate(Scalar e, Leaves leaves) {
    return switch (e) {
      case Arg(int index) -> leaves.arg(index);
      case Const(double v) -> v;
      case Iota(int axis) -> leaves.iota(axis);
      case Uniform(int key, int site) -> leaves.uniform(key, site);
      case Unary(Fn fn, Scalar x) -> value(fn, evaluate(x, leaves));
      case Binary(Fn2 fn, Scalar a, Scalar b) ->
          value(fn, evaluate(a, leaves), evaluate(b, leaves));
      case Select(Scalar c, Scalar yes, Scalar no) ->
          evaluate(evaluate(c, leaves) != 0 ? yes : no, leaves);
    };
  }

  /** The value of an expression that reads nothing but arguments. */
  public static double evaluate(Scalar e, double... arguments) {
    return evaluate(
        e,
        new Leaves() {
          @Override
          public double arg(int index) {
            return arguments[index];
          }

          @Override
          public double iota(int axis) {
            throw new IllegalStateException("there is no position outside of a loop");
          }

          @Override
          public double uniform(int key, int site) {
            throw new IllegalStateException("no number is drawn outside of a loop");
          }
        });
  }

  static double value(Fn fn, double x) {
    return switch (fn) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case EXP -> Math.exp(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SQRT -> Math.sqrt(x);
      case TANH -> Math.tanh(x);
      case ERF -> Erf.erf(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case TRUNC -> x < 0 ? Math.ceil(x) : Math.floor(x);
      case RINT -> Math.rint(x);
    };
  }

  static double value(Fn2 fn, double a, double b) {
    return switch (fn) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case POW -> Math.pow(a, b);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case MOD -> b == 0 ? 0 : a - b * Math.floor(a / b);
      case EQ -> a == b ? 1 : 0;
      case NE -> a != b ? 1 : 0;
      case LT -> a < b ? 1 : 0;
      case LE -> a <= b ? 1 : 0;
      case GT -> a > b ? 1 : 0;
      case GE -> a >= b ? 1 : 0;
    };
  }
}
