package io.gluonj.codegen;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sine and cosine of float64 angles of any size.
 *
 * <p>The reduction to a quarter turn follows Payne and Hanek ("Radian reduction for trigonometric
 * functions", SIGNUM Newsletter 18, 1983): an angle is an integer m times a power of two; only 192
 * bits of 2/pi can touch what m times it leaves modulo 4, and those are found by the exponent.
 */
final class DoubleAngles {
  private static final int WORD = 64;

  /** Zeros in front of the bits of 2/pi, for angles below 1. */
  private static final int PADDING = 64;

  /** Exponent of the last bit of a significand, and its greatest value. */
  private static final int BIAS = 1075;

  private static final int GREATEST = 2046;
  private static final int WORDS = (PADDING + GREATEST - BIAS + 4 * WORD) / WORD;

  /** Up to here nothing is reduced. */
  private static final double SMALL = Math.PI / 4;

  private static final double TINY = 0x1p-27;
  private static final MathContext DIGITS = new MathContext(420);
  private static final BigDecimal PI = Pi.digits(DIGITS);
  private static final double HALF_PI_HIGH = Math.PI / 2;
  private static final double HALF_PI_LOW =
      PI.divide(BigDecimal.TWO).subtract(new BigDecimal(HALF_PI_HIGH)).doubleValue();
  private static final double[] SINE = series(3);
  private static final double[] COSINE = series(4);
  private static final String TABLE = table();

  private final Arithmetic d;
  private final IrWriter out;

  DoubleAngles(Arithmetic d) {
    this.d = d;
    this.out = d.out();
  }

  /** An angle of {@code quadrant} quarter turns plus {@code r + low}, at most pi/4. */
  private record Angle(String quadrant, String r, String low) {}

  /** Terms of the sine (first = 3) or cosine (first = 4) in r², from that power on. */
  private static double[] series(int first) {
    double[] c = new double[8];
    double factorial = first == 3 ? 6 : 24;
    for (int n = 0; n < c.length; n++) {
      int power = first + 2 * n;
      c[n] = ((power / 2) % 2 == 0 ? 1 : -1) / factorial;
      factorial *= (power + 1.0) * (power + 2.0);
    }
    return c;
  }

  private static String table() {
    int bits = WORDS * WORD - PADDING;
    BigInteger ratio =
        new BigDecimal(BigInteger.TWO.pow(bits + 1)).divide(PI, DIGITS).toBigInteger();
    BigInteger mask = BigInteger.TWO.pow(WORD).subtract(BigInteger.ONE);
    return IntStream.range(0, WORDS)
        .mapToObj(i -> "i64 " + ratio.shiftRight((WORDS - 1 - i) * WORD).and(mask).longValue())
        .collect(Collectors.joining(", "));
  }

  private String i64(String operation, String a, Object b) {
    return out.value(operation + " i64 " + a + ", " + b);
  }

  private String shifted(String high, String low, String by) {
    return out.call("i64", "llvm.fshl.i64", "i64", high, low, by);
  }

  private String word(String index, int next) {
    String type = "[" + WORDS + " x i64]";
    out.define("@two.over.pi = private unnamed_addr constant " + type + " [" + TABLE + "]");
    String at = next == 0 ? index : i64("add", index, next);
    String address =
        out.value("getelementptr inbounds " + type + ", ptr @two.over.pi, i64 0, i64 " + at);
    return out.value("load i64, ptr " + address);
  }

  /** Both halves of a product. */
  private String[] product(String a, String b) {
    String wide =
        out.value(
            "mul i128 "
                + out.value("zext i64 " + a + " to i128")
                + ", "
                + out.value("zext i64 " + b + " to i128"));
    String high = out.value("trunc i128 " + out.value("lshr i128 " + wide + ", 64") + " to i64");
    return new String[] {high, out.value("trunc i128 " + wide + " to i64")};
  }

  private String carry(String sum, String part) {
    return out.value("zext i1 " + out.value("icmp ult i64 " + sum + ", " + part) + " to i64");
  }

  private Angle reduce(String x) {
    String bits = out.value("bitcast double " + x + " to i64");
    String exponent = i64("and", i64("lshr", bits, 52), 2047);
    String m = i64("or", i64("and", bits, (1L << 52) - 1), 1L << 52);
    // the first bit of 2/pi whose product with m is below 4
    String start = i64("add", exponent, PADDING - BIAS - 2);
    String first = out.call("i64", "llvm.smax.i64", "i64", start, "0"); // small angles need none
    String index = i64("lshr", first, 6);
    String by = i64("and", first, WORD - 1);
    String[] w = {word(index, 0), word(index, 1), word(index, 2), word(index, 3)};
    String[] p1 = product(m, shifted(w[1], w[2], by));
    String[] p2 = product(m, shifted(w[2], w[3], by));
    String middle = i64("add", p1[1], p2[0]);
    String top =
        i64("add", i64("add", i64("mul", m, shifted(w[0], w[1], by)), p1[0]), carry(middle, p1[1]));
    // two bits of quadrant, then a fraction of a quarter turn, which is rounded to nearest
    String quadrant = i64("lshr", i64("add", top, 1L << 61), 62);
    String high = shifted(top, middle, "2");
    String rest = shifted(middle, p2[1], "2");
    Angle angle = radians(quadrant, high, rest, i64("and", bits, Long.MIN_VALUE));
    String small = d.compare("ole", d.call("fabs", x), d.of(SMALL));
    String none = out.value("icmp eq i64 " + exponent + ", 2047");
    return new Angle(
        out.value("select i1 " + small + ", i64 0, i64 " + angle.quadrant()),
        d.select(small, x, d.select(none, d.of(Double.NaN), angle.r())),
        d.select(small, d.of(0), angle.low()));
  }

  /** A signed fraction of 128 bits times pi/2, and the sign of the angle it is of. */
  private Angle radians(String quadrant, String high, String rest, String sign) {
    String negative = i64("ashr", high, 63);
    String a = i64("xor", high, negative); // one unit of the last of 128 bits does not matter
    String b = i64("xor", rest, negative);
    String zeros = out.value("call i64 @llvm.ctlz.i64(i64 " + a + ", i1 false)");
    out.define("declare i64 @llvm.ctlz.i64(i64, i1)");
    String first = shifted(a, b, zeros);
    String second = i64("shl", b, i64("and", zeros, WORD - 1));
    String wide = out.value("uitofp i64 " + i64("lshr", first, 11) + " to double");
    String next = shifted(first, second, "53");
    String narrow = out.value("uitofp i64 " + next + " to double");
    String scale = power(i64("sub", String.valueOf(1023), zeros));
    String fraction = d.mul(d.mul(wide, d.of(0x1p-53)), scale);
    String further = d.mul(d.mul(narrow, d.of(0x1p-117)), scale);
    String r = d.mul(fraction, d.of(HALF_PI_HIGH));
    String lost = d.call("fma", fraction, d.of(HALF_PI_HIGH), d.negate(r));
    String low =
        d.add(lost, d.call("fma", fraction, d.of(HALF_PI_LOW), d.mul(further, d.of(HALF_PI_HIGH))));
    String flip = i64("xor", i64("and", negative, Long.MIN_VALUE), sign);
    // the quadrant of a negative angle counts backwards
    String backwards = i64("ashr", sign, 63);
    String turned = i64("sub", i64("xor", quadrant, backwards), backwards);
    return new Angle(turned, signed(r, flip), signed(low, flip));
  }

  private String power(String biased) {
    return out.value("bitcast i64 " + i64("shl", biased, 52) + " to double");
  }

  private String signed(String x, String sign) {
    String bits = out.value("bitcast double " + x + " to i64");
    return out.value("bitcast i64 " + i64("xor", bits, sign) + " to double");
  }

  /**
   * The sine of {@code x} plus a number of quarter turns.
   *
   * @param quarters 0 for the sine, 1 for the cosine
   */
  String sinus(String x, int quarters) {
    Angle angle = reduce(x);
    String r = angle.r();
    String z = d.mul(r, r);
    String half = d.mul(z, d.of(0.5));
    String most = d.sub(d.of(1), half);
    String correction = d.mul(angle.low(), most);
    String sine = d.add(r, d.call("fma", d.mul(r, z), d.polynomial(z, SINE), correction));
    String lost = d.sub(d.sub(d.of(1), most), half);
    String small =
        d.call("fma", d.mul(z, z), d.polynomial(z, COSINE), d.sub(lost, d.mul(r, angle.low())));
    String cosine = d.add(most, small);
    String quadrant = i64("add", angle.quadrant(), quarters);
    String odd = out.value("trunc i64 " + quadrant + " to i1");
    String value = d.select(odd, cosine, sine);
    String lower = out.value("trunc i64 " + i64("lshr", quadrant, 1) + " to i1");
    String result = d.select(lower, d.negate(value), value);
    return quarters == 1
        ? result
        : d.select(d.compare("olt", d.call("fabs", x), d.of(TINY)), x, result);
  }
}
