package io.gluonj.codegen;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The error function in float64: its Maclaurin series near 0, further out a Taylor series around
 * the middle of the quarter that the argument lies in, up to where the result is 1. Coefficients
 * come from their definition, with more digits than needed.
 */
final class DoubleErf {
  private static final MathContext DIGITS = new MathContext(60);
  private static final int END = 6;

  /** Intervals in each unit. */
  private static final int PARTS = 4;

  private static final int INTERVALS = (END - 1) * PARTS;
  private static final int TERMS = 17;
  private static final int NEAR_TERMS = 21;

  /** Terms of a series of arguments up to 6 that more than suffice for all digits. */
  private static final int EXACT_TERMS = 260;

  private static final BigDecimal FACTOR =
      BigDecimal.TWO.divide(Pi.digits(DIGITS).sqrt(DIGITS), DIGITS);
  private static final double[] NEAR = near();
  private static final double[][] TABLE = table();

  private final Arithmetic f;

  DoubleErf(Arithmetic f) {
    this.f = f;
  }

  String of(String x) {
    String magnitude = f.call("fabs", x);
    String near = f.mul(x, f.polynomial(f.mul(x, x), NEAR));
    String a = f.atMost(f.atLeast(magnitude, 1), Math.nextDown((double) END));
    IrWriter out = f.out();
    String scaled = f.mul(f.sub(a, f.of(1)), f.of(PARTS));
    String interval =
        out.call("i32", "llvm.fptosi.sat.i32.f64", "double", scaled); // of NaN this is 0
    String middle =
        f.add(
            f.mul(out.value("sitofp i32 " + interval + " to double"), f.of(1.0 / PARTS)),
            f.of(1 + 0.5 / PARTS));
    String h = f.sub(a, middle);
    String sum = load(out, TERMS - 1, interval);
    for (int n = TERMS - 2; n >= 0; n--) {
      sum = f.fma(sum, h, load(out, n, interval));
    }
    String far = f.call("copysign", sum, x);
    return f.select(f.compare("olt", magnitude, f.of(1)), near, far);
  }

  private static String load(IrWriter out, int term, String interval) {
    String type = "[" + INTERVALS + " x double]";
    String global = "@erf." + term;
    String values =
        Arrays.stream(TABLE[term])
            .mapToObj(c -> "double " + FloatType.F64.constant(c))
            .collect(Collectors.joining(", "));
    out.define(global + " = private unnamed_addr constant " + type + " [" + values + "]");
    String address =
        out.value(
            "getelementptr inbounds " + type + ", ptr " + global + ", i32 0, i32 " + interval);
    return out.value("load double, ptr " + address);
  }

  /** Maclaurin series of erf(x)/x in x². */
  private static double[] near() {
    double[] c = new double[NEAR_TERMS];
    BigDecimal factorial = BigDecimal.ONE;
    for (int n = 0; n < c.length; n++) {
      BigDecimal divisor = factorial.multiply(BigDecimal.valueOf(2L * n + 1));
      double size = FACTOR.divide(divisor, DIGITS).doubleValue();
      c[n] = n % 2 == 0 ? size : -size;
      factorial = factorial.multiply(BigDecimal.valueOf(n + 1L));
    }
    return c;
  }

  /** Coefficients of each power, for all intervals. */
  private static double[][] table() {
    double[][] table = new double[TERMS][INTERVALS];
    for (int i = 0; i < INTERVALS; i++) {
      BigDecimal middle = BigDecimal.valueOf(1 + (i + 0.5) / PARTS);
      BigDecimal square = middle.multiply(middle);
      // e^-c² and the series of erf by their terms c^2n / n! with alternating signs
      BigDecimal power = BigDecimal.ONE;
      BigDecimal exp = BigDecimal.ZERO;
      BigDecimal erf = BigDecimal.ZERO;
      for (int n = 0; n < EXACT_TERMS; n++) {
        exp = exp.add(power, DIGITS);
        erf = erf.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
        power = power.multiply(square).divide(BigDecimal.valueOf(-n - 1L), DIGITS);
      }
      table[0][i] = erf.multiply(middle).multiply(FACTOR).doubleValue();
      // the derivatives of e^-x² are Hermite polynomials times it
      BigDecimal before = BigDecimal.ZERO;
      BigDecimal hermite = BigDecimal.ONE;
      BigDecimal scale = exp.multiply(FACTOR, DIGITS);
      for (int n = 1; n < TERMS; n++) {
        scale = scale.divide(BigDecimal.valueOf(n), DIGITS);
        table[n][i] = scale.multiply(hermite).doubleValue();
        BigDecimal next =
            middle
                .multiply(hermite)
                .subtract(before.multiply(BigDecimal.valueOf(n - 1L)))
                .multiply(BigDecimal.TWO);
        before = hermite;
        hermite = next;
        scale = scale.negate();
      }
    }
    return table;
  }
}
