package io.gluonj.codegen;

/**
 * Functions of float64 as branch-free arithmetic, for processors without a C library. Errors are at
 * most a few units in the last place over the whole range; NaN, infinities and denormal numbers
 * give what {@code java.lang.Math} gives. {@code fma} must round once.
 */
final class DoubleSeries implements Functions {
  private static final double LOG2_E = 1 / Math.log(2);

  /** Adding 1.5 * 2^52 leaves the nearest integer in the low bits. */
  private static final double ROUNDER = 0x1.8p52;

  /** ln 2 in two parts; products of the first with exponents are exact. */
  static final double LN2_HIGH = 0x1.62e42fee00000p-1;

  static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  private static final long SQRT_HALF_BITS = Double.doubleToRawLongBits(Math.sqrt(0.5));

  /** Below this, in magnitude, some functions are their argument. */
  private static final double TINY = 0x1p-54;

  /** {@code (e^r - 1 - r) / r²}: 1/2!, 1/3!, …; r is at most 0.35. */
  private static final double[] EXP_TAIL = reciprocalFactorials(2, 13);

  /** {@code (log((1+s)/(1-s)) - 2s) / s³} in s², which is at most 0.03. */
  private static final double[] LOG_TAIL = oddReciprocals(3, 11);

  private final IrWriter out;
  private final Arithmetic f;

  DoubleSeries(IrWriter out) {
    this.out = out;
    this.f = Arithmetic.strict(out, FloatType.F64);
  }

  private static double[] reciprocalFactorials(int from, int to) {
    double[] c = new double[to - from + 1];
    double factorial = 1;
    for (int n = 1; n <= to; n++) {
      factorial *= n;
      if (n >= from) {
        c[n - from] = 1 / factorial;
      }
    }
    return c;
  }

  /** 2/from, 2/(from+2), …: {@code count} of them. */
  static double[] oddReciprocals(int from, int count) {
    double[] c = new double[count];
    for (int k = 0; k < count; k++) {
      c[k] = 2.0 / (from + 2 * k);
    }
    return c;
  }

  /** {@code a * b + c} with one rounding. */
  private String fma(String a, String b, String c) {
    return f.call("fma", a, b, c);
  }

  private String bits(String x) {
    return out.value("bitcast double " + x + " to i64");
  }

  private String fromBits(String bits) {
    return out.value("bitcast i64 " + bits + " to double");
  }

  /** 2^power for a power of a normal number. */
  private String powerOfTwo(String power) {
    return fromBits(out.value("shl i64 " + out.value("add i64 " + power + ", 1023") + ", 52"));
  }

  /** {@code x + rest = n ln 2 + r}: n as an i64, and r in [-0.35, 0.35]. */
  private record Reduced(String power, String r) {}

  private Reduced reduce(String x, String rest) {
    String shifted = fma(x, f.of(LOG2_E), f.of(ROUNDER));
    String power =
        out.value("sub i64 " + bits(shifted) + ", " + Double.doubleToRawLongBits(ROUNDER));
    String n = f.sub(shifted, f.of(ROUNDER));
    String high = fma(n, f.of(-LN2_HIGH), x);
    return new Reduced(power, f.add(fma(n, f.of(-LN2_LOW), high), rest));
  }

  /** {@code e^r - 1}, relatively accurate at 0. */
  private String expm1Reduced(String r) {
    return f.fma(f.mul(r, r), f.polynomial(r, EXP_TAIL), r);
  }

  @Override
  public String exp(String x) {
    return exp(x, f.of(0));
  }

  /** {@code e^(x + rest)} where the rest is far below x. */
  String exp(String x, String rest) {
    Reduced at = reduce(f.atMost(f.atLeast(x, -746), 710), rest);
    String p = f.add(expm1Reduced(at.r()), f.of(1));
    // Two factors: 2^n itself may be no normal number where the result is denormal or overflows.
    String half = out.value("ashr i64 " + at.power() + ", 1");
    String other = out.value("sub i64 " + at.power() + ", " + half);
    return f.mul(f.mul(p, powerOfTwo(half)), powerOfTwo(other));
  }

  @Override
  public String expm1(String x) {
    Reduced at = reduce(f.atMost(f.atLeast(x, -50), 710), f.of(0));
    // Half of the result first, since 2^1024 is no number but its half is.
    String scale = powerOfTwo(out.value("sub i64 " + at.power() + ", 1"));
    String half = fma(scale, expm1Reduced(at.r()), f.sub(scale, f.of(0.5)));
    return tinyOr(x, f.add(half, half));
  }

  private String tinyOr(String x, String value) {
    return f.select(f.compare("olt", f.call("fabs", x), f.of(TINY)), x, value);
  }

  /** {@code x = 2^exponent m}: m in [sqrt(1/2), sqrt(2)], exponent as a double. */
  record Normalized(String exponent, String m) {}

  /** Of a positive number. */
  Normalized normalize(String x) {
    String tiny = f.compare("olt", x, f.of(Double.MIN_NORMAL));
    String bits = bits(f.select(tiny, f.mul(x, f.of(0x1p54)), x));
    String e =
        out.value("ashr i64 " + out.value("sub i64 " + bits + ", " + SQRT_HALF_BITS) + ", 52");
    String m = fromBits(out.value("sub i64 " + bits + ", " + out.value("shl i64 " + e + ", 52")));
    String exponent = out.value("sitofp i64 " + e + " to double");
    return new Normalized(f.sub(exponent, f.select(tiny, f.of(54), f.of(0))), m);
  }

  @Override
  public String log(String x) {
    Normalized at = normalize(x);
    // log(1 + v) = v - (h - s (h + R)), h = v²/2, s = v/(2 + v), R a series in s²
    String v = f.sub(at.m(), f.of(1));
    String s = f.div(v, f.add(v, f.of(2)));
    String z = f.mul(s, s);
    String h = f.mul(f.mul(v, v), f.of(0.5));
    String series = f.mul(z, f.polynomial(z, LOG_TAIL));
    String small = fma(s, f.add(h, series), f.mul(at.exponent(), f.of(LN2_LOW)));
    String value = fma(at.exponent(), f.of(LN2_HIGH), f.sub(v, f.sub(h, small)));
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
    String positive = f.compare("ogt", u, f.of(0));
    String finite = f.compare("olt", u, f.of(Double.POSITIVE_INFINITY));
    String inside = out.value("and i1 " + positive + ", " + finite);
    return tinyOr(x, f.add(log(u), f.select(inside, lost, f.of(0))));
  }

  /** {@code t / (t + 2)} with {@code t = e^(2|x|) - 1}. */
  @Override
  public String tanh(String x) {
    String a = f.atMost(f.call("fabs", x), 20);
    Reduced at = reduce(f.add(a, a), f.of(0));
    String scale = powerOfTwo(at.power());
    String t = fma(scale, expm1Reduced(at.r()), f.sub(scale, f.of(1)));
    return f.call("copysign", f.div(t, f.add(t, f.of(2))), x);
  }

  @Override
  public String erf(String x) {
    return new DoubleErf(f).of(x);
  }

  @Override
  public String sin(String x) {
    return new DoubleAngles(f).sinus(x, 0);
  }

  @Override
  public String cos(String x) {
    return new DoubleAngles(f).sinus(x, 1);
  }

  @Override
  public String pow(String a, String b) {
    return Powers.atTheEnds(f, a, b, new DoublePower(f, this).ofMagnitude(a, b));
  }
}
