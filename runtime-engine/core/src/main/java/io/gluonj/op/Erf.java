package io.gluonj.op;

/** The Gauss error function in double precision, which {@code java.lang.Math} lacks. */
final class Erf {
  private Erf() {}

  /**
   * Maclaurin series for |x| < 2.5, continued fraction of erfc (Abramowitz and Stegun 7.1.14)
   * beyond; relative error below 1e-13.
   */
  static double erf(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    if (a > 6) {
      return Math.signum(x);
    }
    if (a < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 200; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return 2 / Math.sqrt(Math.PI) * sum;
    }
    double fraction = 0;
    for (int k = 80; k >= 1; k--) {
      fraction = k / 2.0 / (a + fraction);
    }
    double erfc = Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction);
    return Math.copySign(1 - erfc, x);
  }
}
