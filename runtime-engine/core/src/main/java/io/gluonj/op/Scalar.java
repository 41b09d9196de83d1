package io.gluonj.op;

import io.gluonj.types.InvalidArgumentException;

/**
 * The scalar expression language: what a kernel computes for one element. A pointwise operator is
 * one such expression; its gradient, its CPU and GPU code, its fusion with others and its reference
 * value are derived from it. Comparisons yield 1 or 0.
 */
public sealed interface Scalar {
  private static void checkNumber(int number) {
    if (number < 0) {
      throw new InvalidArgumentException(
          "argument or axis " + number + " of an expression",
          "they are counted from 0",
          "use a number of 0 or more");
    }
  }

  /** The element of input {@code index} at this position. */
  record Arg(int index) implements Scalar {
    public Arg {
      checkNumber(index);
    }
  }

  record Const(double value) implements Scalar {}

  /** The position along {@code axis} of the loop nest's iteration space, as a number. */
  record Iota(int axis) implements Scalar {
    public Iota {
      checkNumber(axis);
    }
  }

  /**
   * A uniform number in [0, 1), 24 bits, from Philox4x32-10 (Salmon et al., SC 2011). Input {@code
   * key} is an int64 pair (seed, call number) read at its first two elements; the counter is (row
   * major position low, high, call number low, site) and the key the seed's two halves; word 0 of
   * the result is used. {@link Philox#uniform} is the definition.
   */
  record Uniform(int key, int site) implements Scalar {}

  record Unary(Fn fn, Scalar x) implements Scalar {}

  record Binary(Fn2 fn, Scalar a, Scalar b) implements Scalar {}

  /** {@code yes} where {@code condition} is not 0, else {@code no}. */
  record Select(Scalar condition, Scalar yes, Scalar no) implements Scalar {}

  /** Functions of one argument, as in {@code java.lang.Math} unless said otherwise. */
  enum Fn {
    NEG,
    ABS,
    /** -1, 0 or 1. */
    SIGN,
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    SQRT,
    TANH,
    /** Gauss error function. */
    ERF,
    SIN,
    COS,
    FLOOR,
    CEIL,
    /** Towards zero. */
    TRUNC,
    /** To nearest, ties to even. */
    RINT
  }

  /** Functions of two arguments. */
  enum Fn2 {
    ADD,
    SUB,
    MUL,
    DIV,
    POW,
    /** NaN if either is NaN. */
    MIN,
    /** NaN if either is NaN. */
    MAX,
    /** Remainder with the sign of the divisor, as in Python; 0 for a divisor of 0 (MXNet). */
    MOD,
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
  }

  static Scalar of(double value) {
    return new Const(value);
  }

  static Scalar arg(int index) {
    return new Arg(index);
  }

  default Scalar plus(Scalar other) {
    return Scalars.simplify(new Binary(Fn2.ADD, this, other));
  }

  default Scalar minus(Scalar other) {
    return Scalars.simplify(new Binary(Fn2.SUB, this, other));
  }

  default Scalar times(Scalar other) {
    return Scalars.simplify(new Binary(Fn2.MUL, this, other));
  }

  default Scalar over(Scalar other) {
    return Scalars.simplify(new Binary(Fn2.DIV, this, other));
  }

  default Scalar plus(double value) {
    return plus(of(value));
  }

  default Scalar minus(double value) {
    return minus(of(value));
  }

  default Scalar times(double value) {
    return times(of(value));
  }

  /** {@code fn(this)}. */
  default Scalar map(Fn fn) {
    return Scalars.simplify(new Unary(fn, this));
  }

  /** {@code fn(this, other)}. */
  default Scalar with(Fn2 fn, Scalar other) {
    return Scalars.simplify(new Binary(fn, this, other));
  }

  /** This expression as a condition choosing between two values. */
  default Scalar choose(Scalar yes, Scalar no) {
    return new Select(this, yes, no);
  }
}
