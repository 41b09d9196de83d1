package io.gluonj.codegen;

/**
 * Arithmetic on values of one type, or on vectors of them.
 *
 * <p>Expressions of users may contract a product and a sum to one rounding and are otherwise kept
 * as written: NaN, infinities and signed zeros behave as in {@code java.lang.Math}. Series and
 * reductions of arguments are not even contracted where that is not asked for.
 */
final class Arithmetic {
  private final IrWriter out;
  private final FloatType type;
  private final String flags;

  /** Elements of a vector; 0 for single values. */
  private final int lanes;

  private Arithmetic(IrWriter out, FloatType type, String flags, int lanes) {
    this.out = out;
    this.type = type;
    this.flags = flags;
    this.lanes = lanes;
  }

  /** Every operation rounds on its own. */
  static Arithmetic strict(IrWriter out, FloatType type) {
    return new Arithmetic(out, type, "", 0);
  }

  /** A product may be merged into the sum that uses it. */
  static Arithmetic contracting(IrWriter out, FloatType type) {
    return new Arithmetic(out, type, "contract ", 0);
  }

  /** Vectors of so many values; every operation rounds on its own. */
  static Arithmetic vectors(IrWriter out, FloatType type, int lanes) {
    return new Arithmetic(out, type, "", lanes);
  }

  /** The type of values in LLVM's words. */
  String ir() {
    return vector(type.ir());
  }

  /** The vector type with elements of a type, or that type itself. */
  String vector(String element) {
    return lanes == 0 ? element : "<" + lanes + " x " + element + ">";
  }

  /** A constant of a type in every element. */
  String constant(String element, String value) {
    return lanes == 0 ? value : "splat (" + element + " " + value + ")";
  }

  FloatType type() {
    return type;
  }

  IrWriter out() {
    return out;
  }

  String of(double value) {
    return constant(type.ir(), type.constant(value));
  }

  String add(String a, String b) {
    return binary("fadd", a, b);
  }

  String sub(String a, String b) {
    return binary("fsub", a, b);
  }

  String mul(String a, String b) {
    return binary("fmul", a, b);
  }

  String div(String a, String b) {
    return binary("fdiv", a, b);
  }

  String binary(String operation, String a, String b) {
    return out.value(operation + " " + flags + ir() + " " + a + ", " + b);
  }

  /** {@code a * b + c} with one rounding where the processor has such an instruction. */
  String fma(String a, String b, String c) {
    return call("fmuladd", a, b, c);
  }

  String negate(String a) {
    return out.value("fneg " + ir() + " " + a);
  }

  /** Calls the intrinsic function {@code llvm.name}. */
  String call(String name, String... arguments) {
    String suffix = (lanes == 0 ? "" : "v" + lanes) + type.suffix();
    return out.call(ir(), "llvm." + name + "." + suffix, ir(), arguments);
  }

  /** Calls a function of the C library. */
  String library(String name, String... arguments) {
    return out.call(type.ir(), name, type.ir(), arguments);
  }

  /** Compares; {@code predicate} as in {@code fcmp}. Gives truth values. */
  String compare(String predicate, String a, String b) {
    return out.value("fcmp " + predicate + " " + ir() + " " + a + ", " + b);
  }

  String select(String condition, String yes, String no) {
    return out.value(
        "select %s %s, %s %s, %s %s".formatted(vector("i1"), condition, ir(), yes, ir(), no));
  }

  /** {@code x} limited from below; NaN stays NaN. */
  String atLeast(String x, double limit) {
    return select(compare("olt", x, of(limit)), of(limit), x);
  }

  /** {@code x} limited from above; NaN stays NaN. */
  String atMost(String x, double limit) {
    return select(compare("ogt", x, of(limit)), of(limit), x);
  }

  /** {@code c[0] + x c[1] + x² c[2] + …} by Horner's rule. */
  String polynomial(String x, double... c) {
    String sum = of(c[c.length - 1]);
    for (int i = c.length - 2; i >= 0; i--) {
      sum = fma(sum, x, of(c[i]));
    }
    return sum;
  }
}
