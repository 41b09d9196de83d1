package io.gluonj.codegen;

/**
 * Powers of e in float32 as branch-free arithmetic, on single values or on vectors. Errors are at
 * most a few units in the last place over the whole range.
 *
 * @param f strict arithmetic on what the functions take
 */
record Exponential(IrWriter out, Arithmetic f) {
  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts; the first has 9 bits, so that its product with an exponent is exact. */
  static final double LN2_HIGH = 355.0 / 512;

  static final double LN2_LOW = 0.6931471805599453 - LN2_HIGH;

  /** Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
  private static final double ROUNDER = 0x1.8p23;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits((float) ROUNDER);

  /** {@code (e^r - 1 - r) / r²}: 1/2!, 1/3!, …; the first term left out is below 1e-8 r. */
  private static final double[] EXP_TAIL = {
    1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040
  };

  /** {@code x = n ln 2 + r}: n as a float and as an i32, and r in [-0.35, 0.35]. */
  private record Reduced(String n, String power, String r) {}

  private Reduced reduce(String x) {
    String shifted = f.fma(x, f.of(LOG2_E), f.of(ROUNDER));
    String bits = out.value("bitcast " + f.ir() + " " + shifted + " to " + f.vector("i32"));
    String power = integer("sub", bits, ROUNDER_BITS);
    String n = f.sub(shifted, f.of(ROUNDER));
    String r = f.fma(n, f.of(-LN2_LOW), f.fma(n, f.of(-LN2_HIGH), x));
    return new Reduced(n, power, r);
  }

  private String integer(String operation, String x, int y) {
    String constant = f.constant("i32", String.valueOf(y));
    return out.value(operation + " " + f.vector("i32") + " " + x + ", " + constant);
  }

  /** 2^power for a power of a normal number. */
  private String powerOfTwo(String power) {
    String bits = integer("shl", integer("add", power, 127), 23);
    return out.value("bitcast " + f.vector("i32") + " " + bits + " to " + f.ir());
  }

  /** {@code e^r - 1}, relatively accurate at 0. */
  private String expm1Reduced(String r) {
    return f.fma(f.mul(r, r), f.polynomial(r, EXP_TAIL), r);
  }

  /** {@code e^x}. */
  String exp(String x) {
    Reduced at = reduce(f.atMost(f.atLeast(x, -105), 89));
    String p = f.add(expm1Reduced(at.r()), f.of(1));
    // Two factors: 2^n itself may be no normal number where the result is denormal or overflows.
    String half = integer("ashr", at.power(), 1);
    String rest = out.value("sub " + f.vector("i32") + " " + at.power() + ", " + half);
    return f.mul(f.mul(p, powerOfTwo(half)), powerOfTwo(rest));
  }

  /** {@code e^x - 1}, relatively accurate at 0. */
  String expm1(String x) {
    Reduced at = reduce(f.atMost(f.atLeast(x, -30), 89));
    // Half of the result first, since 2^128 is no number but its half is.
    String scale = powerOfTwo(integer("sub", at.power(), 1));
    String half = f.fma(scale, expm1Reduced(at.r()), f.sub(scale, f.of(0.5)));
    return f.add(half, half);
  }

  /**
   * {@code t / (t + 2)} with {@code t = e^(2|x|) - 1}. A quotient as that of the error function
   * takes half the time, but is off by several units in the last place near 1, where gradients need
   * {@code 1 - tanh²}.
   */
  String tanh(String x) {
    String a = f.atMost(f.call("fabs", x), 9.5);
    Reduced at = reduce(f.add(a, a));
    String scale = powerOfTwo(at.power());
    String t = f.fma(scale, expm1Reduced(at.r()), f.sub(scale, f.of(1)));
    return f.call("copysign", f.div(t, f.add(t, f.of(2))), x);
  }
}
