package io.gluonj.codegen;

/**
 * Functions of float32 as branch-free arithmetic, so that loops over them vectorize. Errors are at
 * most a few units in the last place over the whole range; NaN, infinities and denormal numbers
 * give what {@code java.lang.Math} gives.
 */
final class FloatFunctions implements Functions {
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

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
  private final Exponential exponential;
  private final WideFunctions wide;

  FloatFunctions(IrWriter out) {
    this.out = out;
    this.f = Arithmetic.strict(out, FloatType.F32);
    this.exponential = new Exponential(out, f);
    this.wide = new WideFunctions(out);
  }

  private String bits(String x) {
    return out.value("bitcast float " + x + " to i32");
  }

  private String fromBits(String bits) {
    return out.value("bitcast i32 " + bits + " to float");
  }

  @Override
  public String exp(String x) {
    return exponential.exp(x);
  }

  @Override
  public String expm1(String x) {
    return exponential.expm1(x);
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
    String small = f.fma(s, f.add(h, series), f.mul(e, f.of(Exponential.LN2_LOW)));
    String value = f.fma(e, f.of(Exponential.LN2_HIGH), f.sub(v, f.sub(h, small)));
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

  @Override
  public String tanh(String x) {
    return exponential.tanh(x);
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
