package io.gluonj.codegen;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reduction of float32 angles of any size to a quarter turn around 0, without branches.
 *
 * <p>Up to 2^31 two fused subtractions of multiples of pi/2 are exact enough. A larger angle is its
 * 24-bit significand m times a power of two; that power is taken modulo 2 pi from a table with 106
 * bits, and its product with m is small enough for the same subtractions.
 */
final class Angles {
  /** An angle of {@code quadrant} quarter turns plus {@code r} in [-pi/4, pi/4]; r is a double. */
  record Angle(String quadrant, String r) {}

  private static final MathContext DIGITS = new MathContext(90);
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899");
  private static final BigDecimal TURN = PI.multiply(BigDecimal.TWO);
  private static final double HALF_PI_HIGH = Math.PI / 2;
  private static final double HALF_PI_LOW =
      PI.divide(BigDecimal.TWO).subtract(new BigDecimal(HALF_PI_HIGH)).doubleValue();
  private static final double ROUNDER = 0x1.8p52;
  private static final int LARGE_EXPONENT = 31;
  private static final int MAX_EXPONENT = 127;
  private static final int SIGNIFICAND = 23;

  /** Sign and significand of a float. */
  private static final int KEEP = 0x807fffff;

  /** The exponent with which the significand is an integer. */
  private static final int INTEGER = (127 + SIGNIFICAND) << SIGNIFICAND;

  private Angles() {}

  /** Reduces {@code x}, a float; arithmetic is done by {@code d} in double. */
  static Angle reduce(Arithmetic d, String x) {
    IrWriter out = d.out();
    String wide = out.value("fpext float " + x + " to double");
    String bits = out.value("bitcast float " + x + " to i32");
    String exponent =
        out.value("and i32 " + out.value("lshr i32 " + bits + ", " + SIGNIFICAND) + ", 255");
    String entry = out.value("sub i32 " + exponent + ", " + (127 + LARGE_EXPONENT));
    String large = out.value("icmp sgt i32 " + entry + ", -1");
    int last = MAX_EXPONENT - LARGE_EXPONENT;
    String bounded = out.call("i32", "llvm.smin.i32", "i32", entry, String.valueOf(last));
    String index = out.value("select i1 " + large + ", i32 " + bounded + ", i32 0");
    String high = load(out, "high", 0, index);
    String low = load(out, "low", 1, index);
    // the significand as an integer: x scaled by an exact power of two
    String fraction =
        out.value("or i32 " + out.value("and i32 " + bits + ", " + KEEP) + ", " + INTEGER);
    String m =
        out.value(
            "fpext float " + out.value("bitcast i32 " + fraction + " to float") + " to double");
    String product = d.mul(m, high);
    String rest = d.call("fma", m, low, d.call("fma", m, high, d.negate(product)));
    String a = d.select(large, product, wide);
    String b = d.select(large, rest, d.of(0));
    String shifted = d.add(d.mul(a, d.of(2 / Math.PI)), d.of(ROUNDER));
    String n = d.sub(shifted, d.of(ROUNDER));
    String negative = d.negate(n);
    String r =
        d.add(
            d.call(
                "fma", negative, d.of(HALF_PI_LOW), d.call("fma", negative, d.of(HALF_PI_HIGH), a)),
            b);
    // infinity and NaN have no angle
    String none = out.value("icmp eq i32 " + exponent + ", 255");
    String quadrant = out.value("bitcast double " + shifted + " to i64");
    return new Angle(quadrant, d.select(none, d.of(Double.NaN), r));
  }

  private static String load(IrWriter out, String name, int part, String index) {
    int entries = MAX_EXPONENT - LARGE_EXPONENT + 1;
    String type = "[" + entries + " x double]";
    String global = "@turns." + name;
    String values =
        IntStream.range(0, entries)
            .mapToObj(i -> "double " + FloatType.F64.constant(power(i)[part]))
            .collect(Collectors.joining(", "));
    out.define(global + " = private unnamed_addr constant " + type + " [" + values + "]");
    String address =
        out.value("getelementptr inbounds " + type + ", ptr " + global + ", i32 0, i32 " + index);
    return out.value("load double, ptr " + address);
  }

  /** 2^(31 + i - 23) modulo 2 pi, as a sum of two doubles. */
  private static double[] power(int i) {
    BigDecimal value = BigDecimal.TWO.pow(LARGE_EXPONENT + i - SIGNIFICAND).remainder(TURN, DIGITS);
    double high = value.doubleValue();
    return new double[] {high, value.subtract(new BigDecimal(high)).doubleValue()};
  }
}
