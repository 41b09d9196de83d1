package io.gluonj.codegen;

/**
 * Powers of float64: the logarithm as a sum of two doubles with about 70 bits, since an exponent
 * multiplies its error by up to 745.
 */
final class DoublePower {
  /** {@code (log((1+s)/(1-s)) - 2s) / s³} in s²; the first one in two parts. */
  private static final double FIRST_HIGH = 2.0 / 3;

  private static final double FIRST_LOW = 0x1.5555555555555p-55;

  private static final double[] TAIL = DoubleSeries.oddReciprocals(5, 10);

  private final Arithmetic d;
  private final DoubleSeries functions;

  DoublePower(Arithmetic d, DoubleSeries functions) {
    this.d = d;
    this.functions = functions;
  }

  /** A number as a sum; the second part is at most half a unit in the last place of the first. */
  private record Pair(String high, String low) {}

  private Pair number(String x) {
    return new Pair(x, d.of(0));
  }

  private String fma(String a, String b, String c) {
    return d.call("fma", a, b, c);
  }

  /** {@code a + b} where a is the larger one. */
  private Pair sum(String a, String b) {
    String high = d.add(a, b);
    return new Pair(high, d.sub(b, d.sub(high, a)));
  }

  /** {@code a + b} where a is the larger one. */
  private Pair sum(Pair a, Pair b) {
    Pair high = sum(a.high(), b.high());
    return sum(high.high(), d.add(high.low(), d.add(a.low(), b.low())));
  }

  private Pair product(Pair a, Pair b) {
    String high = d.mul(a.high(), b.high());
    String rest = fma(a.high(), b.high(), d.negate(high));
    String cross = fma(a.high(), b.low(), d.mul(a.low(), b.high()));
    return sum(high, d.add(rest, cross));
  }

  /** {@code |a|} to the power {@code b}. */
  String ofMagnitude(String a, String b) {
    String x = d.call("fabs", a);
    Pair log = log(x);
    String infinity = d.of(Double.POSITIVE_INFINITY);
    String upper = d.select(d.compare("oeq", x, infinity), infinity, log.high());
    String high = d.select(d.compare("oeq", x, d.of(0)), d.of(Double.NEGATIVE_INFINITY), upper);
    String exponent = d.mul(high, b);
    String rest = fma(log.low(), b, fma(log.high(), b, d.negate(exponent)));
    // beyond the range of exp the rest may be no number, and changes nothing
    String inside = d.compare("olt", d.call("fabs", exponent), d.of(1000));
    return functions.exp(exponent, d.select(inside, rest, d.of(0)));
  }

  private Pair log(String x) {
    DoubleSeries.Normalized at = functions.normalize(x);
    String v = d.sub(at.m(), d.of(1));
    Pair divisor = anySum(number(d.of(1)), number(at.m()));
    String s = d.div(v, divisor.high());
    String left = d.sub(fma(d.negate(s), divisor.high(), v), d.mul(s, divisor.low()));
    Pair quotient = sum(s, d.div(left, divisor.high()));
    Pair z = product(quotient, quotient);
    String tail = d.mul(d.mul(z.high(), z.high()), d.polynomial(z.high(), TAIL));
    Pair series = sum(product(new Pair(d.of(FIRST_HIGH), d.of(FIRST_LOW)), z), number(tail));
    Pair twice =
        new Pair(d.add(quotient.high(), quotient.high()), d.add(quotient.low(), quotient.low()));
    Pair mantissa = sum(twice, product(quotient, series));
    String whole = d.mul(at.exponent(), d.of(DoubleSeries.LN2_HIGH));
    Pair turned = new Pair(whole, d.mul(at.exponent(), d.of(DoubleSeries.LN2_LOW)));
    return anySum(turned, mantissa);
  }

  /** A sum where either may be the larger one. */
  private Pair anySum(Pair a, Pair b) {
    String high = d.add(a.high(), b.high());
    String part = d.sub(high, a.high());
    String lost = d.add(d.sub(a.high(), d.sub(high, part)), d.sub(b.high(), part));
    return sum(high, d.add(lost, d.add(a.low(), b.low())));
  }
}
