package io.gluonj.codegen;

/**
 * Functions of float32 as branch-free arithmetic, so that loops over them vectorize. Errors are at
 * most a few units in the last place over the whole range; NaN, infinities and denormal numbers
 * give what {@code java.lang.Math} gives.
 */
final class FloatFunctions implements Functions {
  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts; the first has 9 bits, so that its product with an exponent is exact. */
  private static final double LN2_HIGH = 355.0 / 512;

  private static final double LN2_LOW = 0.6931471805599453 - LN2_HIGH;

  /** Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
  private static final double ROUNDER = 0x1.8p23;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits((float) ROUNDER);
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

  /** {@code (e^r - 1 - r) / r²}: 1/2!, 1/3!, …; the first term left out is below 1e-8 r. */
  private static final double[] EXP_TAIL = {
    1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040
  };

  /** {@code (log((1+s)/(1-s)) - 2s) / s³} in s². */
  private static final double[] LOG_TAIL = {2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9};

  /** Beyond this erf is 1 in float32. */
  private static final double ERF_ONE = 3.832;

  /**
   * {@code erf(x)/x} as a quotient of polynomials in x², up to {@link #ERF_ONE}: weighted least
   * squares at Chebyshev nodes, with weights moved until the relative error (1.4e-8) was even. All
   * coefficients are positive, so that nothing cancels.
   */
  private static final double[] ERF_ABOVE = {
    1.1283791065216064,
    0.18729238212108612,
    0.05241691321134567,
    0.003652188926935196,
    0.00028595217736437917,
    2.123556441802066e-06
  };

  private static final double[] ERF_BELOW = {
    1.0,
    0.4993164539337158,
    0.11289434880018234,
    0.014741367660462856,
    0.0011416091583669186,
    3.890309380949475e-05
  };

  private final IrWriter out;
  private final Arithmetic f;
  private final WideFunctions wide;

  FloatFunctions(IrWriter out) {
    this.out = out;
    this.f = Arithmetic.strict(out, FloatType.F32);
    this.wide = new WideFunctions(out);
  }

  /** {@code x = n ln 2 + r}: n as a float and as an i32, and r in [-0.35, 0.35]. */
  private record Reduced(String n, String power, String r) {}

  private Reduced reduce(String x) {
    String shifted = f.fma(x, f.of(LOG2_E), f.of(ROUNDER));
    String power = out.value("sub i32 " + bits(shifted) + ", " + ROUNDER_BITS);
    String n = f.sub(shifted, f.of(ROUNDER));
    String r = f.fma(n, f.of(-LN2_LOW), f.fma(n, f.of(-LN2_HIGH), x));
    return new Reduced(n, power, r);
  }

  private String bits(String x) {
    return out.value("bitcast float " + x + " to i32");
  }

  private String fromBits(String bits) {
    return out.value("bitcast i32 " + bits + " to float");
  }

  /** 2^power for a power of a normal number. */
  private String powerOfTwo(String power) {
    String biased = out.value("add i32 " + power + ", 127");
    return fromBits(out.value("shl i32 " + biased + ", 23"));
  }

  /** {@code e^r - 1}, relatively accurate at 0. */
  private String expm1Reduced(String r) {
    return f.fma(f.mul(r, r), f.polynomial(r, EXP_TAIL), r);
  }

  @Override
  public String exp(String x) {
    Reduced at = reduce(f.atMost(f.atLeast(x, -105), 89));
    String p = f.add(expm1Reduced(at.r()), f.of(1));
    // Two factors: 2^n itself may be no normal number where the result is denormal or overflows.
    String half = out.value("ashr i32 " + at.power() + ", 1");
    String rest = out.value("sub i32 " + at.power() + ", " + half);
    return f.mul(f.mul(p, powerOfTwo(half)), powerOfTwo(rest));
  }

  @Override
  public String expm1(String x) {
    Reduced at = reduce(f.atMost(f.atLeast(x, -30), 89));
    // Half of the result first, since 2^128 is no number but its half is.
    String scale = powerOfTwo(out.value("sub i32 " + at.power() + ", 1"));
    String half = f.fma(scale, expm1Reduced(at.r()), f.sub(scale, f.of(0.5)));
    return f.add(half, half);
  }

  @Override
  public String log(String x) {
    String tiny = f.compare("olt", x, f.of(Float.MIN_NORMAL));
    String scaled = f.select(tiny, f.mul(x, f.of(0x1p25)), x);
    String bits = bits(scaled);
    String exponent =
        out.value("ashr i32 " + out.value("sub i32 " + bits + ", " + SQRT_HALF_BITS) + ", 23");
    String mantissa =
        fromBits(out.value("sub i32 " + bits + ", " + out.value("shl i32 " + exponent + ", 23")));
    String e =
        f.sub(out.value("sitofp i32 " + exponent + " to float"), f.select(tiny, f.of(25), f.of(0)));
    // log(1 + v) = v - (h - s (h + R)), h = v²/2, s = v/(2 + v), R a series in s²
    String v = f.sub(mantissa, f.of(1));
    String s = f.div(v, f.add(v, f.of(2)));
    String z = f.mul(s, s);
    String h = f.mul(f.mul(v, v), f.of(0.5));
    String series = f.mul(z, f.polynomial(z, LOG_TAIL));
    String small = f.fma(s, f.add(h, series), f.mul(e, f.of(LN2_LOW)));
    String value = f.fma(e, f.of(LN2_HIGH), f.sub(v, f.sub(h, small)));
    return logarithmAtTheEnds(x, value);
  }

  private String logarithmAtTheEnds(String x, String value) {
    String zero = f.compare("oeq", x, f.of(0));
    String outside = f.select(zero, f.of(Double.NEGATIVE_INFINITY), f.of(Double.NaN));
    String finite = f.select(f.compare("ogt", x, f.of(0)), value, outside);
    String infinity = f.of(Double.POSITIVE_INFINITY);
    return f.select(f.compare("oeq", x, infinity), infinity, finite);
  }

  @Override
  public String log1p(String x) {
    String u = f.add(x, f.of(1));
    // What rounding 1 + x has lost, to first order.
    String lost = f.div(f.sub(x, f.sub(u, f.of(1))), u);
    String inside =
        out.value(
            "and i1 "
                + f.compare("ogt", u, f.of(0))
                + ", "
                + f.compare("olt", u, f.of(Double.POSITIVE_INFINITY)));
    return f.add(log(u), f.select(inside, lost, f.of(0)));
  }

  /**
   * {@code t / (t + 2)} with {@code t = e^(2|x|) - 1}. A quotient as that of {@link #erf} takes
   * half the time, but is off by several units in the last place near 1, where gradients need
   * {@code 1 - tanh²}.
   */
  @Override
  public String tanh(String x) {
    String a = f.atMost(f.call("fabs", x), 9.5);
    Reduced at = reduce(f.add(a, a));
    String scale = powerOfTwo(at.power());
    String t = f.fma(scale, expm1Reduced(at.r()), f.sub(scale, f.of(1)));
    return f.call("copysign", f.div(t, f.add(t, f.of(2))), x);
  }

  /**
   * {@code x above(x²) / below(x²)} up to {@link #ERF_ONE}, ±1 beyond: one division, and none of
   * the steps of an exponential.
   */
  @Override
  public String erf(String x) {
    String z = f.mul(x, x);
    String above = f.mul(x, f.polynomial(z, ERF_ABOVE));
    String quotient = f.div(above, f.polynomial(z, ERF_BELOW));
    String near = f.atMost(f.call("fabs", quotient), 1);
    String beyond = f.compare("ogt", f.call("fabs", x), f.of(ERF_ONE));
    return f.call("copysign", f.select(beyond, f.of(1), near), x);
  }

  @Override
  public String sin(String x) {
    return wide.sinus(x, 0);
  }

  @Override
  public String cos(String x) {
    return wide.sinus(x, 1);
  }

  @Override
  public String pow(String a, String b) {
    return Powers.atTheEnds(f, a, b, wide.powerOfMagnitude(a, b));
  }
}
