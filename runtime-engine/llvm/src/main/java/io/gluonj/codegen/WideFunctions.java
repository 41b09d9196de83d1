package io.gluonj.codegen;

/** Functions of float32 that need more bits on the way: computed in double, rounded once. */
final class WideFunctions {
  private static final double ROUNDER = 0x1.8p52;
  private static final double LN2_HIGH = 0x1.62e42fee00000p-1;
  private static final double LN2_LOW = 1.9082149292705877e-10;

  /** {@code (log((1+s)/(1-s))) / s} in s², for s up to 0.172: relative error 1e-12. */
  private static final double[] LOG = {2, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13};

  private final IrWriter out;
  private final Arithmetic d;

  WideFunctions(IrWriter out) {
    this.out = out;
    this.d = Arithmetic.strict(out, FloatType.F64);
  }

  private String wide(String x) {
    return out.value("fpext float " + x + " to double");
  }

  private String narrow(String x) {
    return out.value("fptrunc double " + x + " to float");
  }

  private String bits(String x) {
    return out.value("bitcast double " + x + " to i64");
  }

  /** {@code |a|} to the power {@code b}. */
  String powerOfMagnitude(String a, String b) {
    String log = log(d.call("fabs", wide(a)));
    return narrow(exp(d.mul(log, wide(b))));
  }

  /**
   * The logarithm of a positive number that is normal as a double, as every float32 is; of 0 and
   * infinity.
   */
  private String log(String x) {
    String bits = bits(x);
    long sqrtHalf = Double.doubleToRawLongBits(Math.sqrt(0.5));
    String e = out.value("ashr i64 " + out.value("sub i64 " + bits + ", " + sqrtHalf) + ", 52");
    String mantissa = out.value("sub i64 " + bits + ", " + out.value("shl i64 " + e + ", 52"));
    String m = out.value("bitcast i64 " + mantissa + " to double");
    String s = d.div(d.sub(m, d.of(1)), d.add(m, d.of(1)));
    String series = d.mul(s, d.polynomial(d.mul(s, s), LOG));
    String exponent = out.value("sitofp i64 " + e + " to double");
    String value = d.fma(exponent, d.of(Math.log(2)), series);
    String infinity = d.of(Double.POSITIVE_INFINITY);
    String high = d.select(d.compare("oeq", x, infinity), infinity, value);
    return d.select(d.compare("oeq", x, d.of(0)), d.of(Double.NEGATIVE_INFINITY), high);
  }

  /** {@code e^x} as far as float32 reaches; 0 and infinity beyond. */
  private String exp(String x) {
    String limited = d.atMost(d.atLeast(x, -200), 200);
    String shifted = d.fma(limited, d.of(1 / Math.log(2)), d.of(ROUNDER));
    long rounder = Double.doubleToRawLongBits(ROUNDER);
    String power = out.value("sub i64 " + bits(shifted) + ", " + rounder);
    String n = d.sub(shifted, d.of(ROUNDER));
    String r = d.fma(n, d.of(-LN2_LOW), d.fma(n, d.of(-LN2_HIGH), limited));
    double[] taylor = new double[11];
    double factorial = 1;
    for (int i = 0; i < taylor.length; i++) {
      taylor[i] = 1 / factorial;
      factorial *= i + 1;
    }
    String biased = out.value("add i64 " + power + ", 1023");
    String scale =
        out.value("bitcast i64 " + out.value("shl i64 " + biased + ", 52") + " to double");
    return d.mul(d.polynomial(r, taylor), scale);
  }

  /**
   * The sine of {@code x} plus a number of quarter turns.
   *
   * @param quarters 0 for the sine, 1 for the cosine
   */
  String sinus(String x, int quarters) {
    Angles.Angle angle = Angles.reduce(d, x);
    String z = d.mul(angle.r(), angle.r());
    String sine = d.mul(angle.r(), d.polynomial(z, series(1)));
    String cosine = d.polynomial(z, series(0));
    String quadrant = out.value("add i64 " + angle.quadrant() + ", " + quarters);
    String odd = out.value("trunc i64 " + quadrant + " to i1");
    String value = d.select(odd, cosine, sine);
    String lower = out.value("trunc i64 " + out.value("lshr i64 " + quadrant + ", 1") + " to i1");
    return narrow(d.select(lower, d.negate(value), value));
  }

  /** Coefficients of the sine divided by r (first = 1) or the cosine (first = 0) in r². */
  private static double[] series(int first) {
    double[] c = new double[8];
    double factorial = 1;
    for (int n = 0; n < c.length; n++) {
      c[n] = (n % 2 == 0 ? 1 : -1) / factorial;
      factorial *= (2 * n + first + 1) * (2 * n + first + 2);
    }
    return c;
  }
}
