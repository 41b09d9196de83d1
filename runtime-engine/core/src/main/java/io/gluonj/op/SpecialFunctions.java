package io.gluonj.op;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;

/**
 * Functions that are no primitive of {@link Scalar}, as expressions of its primitives: every
 * backend has them without a line of its own. Relative errors in double precision are below 1e-11;
 * the coefficients were fitted for this purpose in 60-digit arithmetic.
 */
final class SpecialFunctions {
  /** Lanczos' coefficients for g = 4 (SIAM J. Numer. Anal. B 1, 1964); relative error 2e-14. */
  private static final double[] LANCZOS = {
    0.9999999999876197, 24.715805827774545, -19.211279167822696, 2.4634843621737956,
    -0.009681471845528266, 7.367786359393053e-05, -0.0001455095227917342, 0.00012226186508517312,
    -5.9291486758230164e-05, 1.2645514761117012e-05
  };

  private static final double LANCZOS_G = 4;

  /** erfinv(x)/x by powers of w - 3, where w = -log(1 - x²) is at most 6. */
  private static final double[] ERFINV_NEAR = {
    1.623542006464565,
    0.24163040416616172,
    -0.005738135216231534,
    -0.0008361817769718564,
    0.00019506131019473785,
    -1.2716422443825884e-05,
    -1.7479857181347855e-06,
    4.499851819877938e-07,
    -2.369823284544417e-08,
    -5.4670199256203586e-09,
    1.11392354508307e-09,
    -3.148689439791578e-11,
    -1.7940829980709197e-11,
    2.7137695078992353e-12,
    7.792020607359239e-14,
    -5.521103407307232e-14,
    1.5322971349301732e-15,
    4.957533461609446e-16
  };

  /** The same by powers of sqrt(w) - 3.224744871391589, for w from 6 to 16. */
  private static final double[] ERFINV_FAR = {
    3.058501153122684,
    1.004980339590414,
    0.005664938268456322,
    -0.004013975822352218,
    0.0027139638412615507,
    -0.0018374969064337736,
    0.0010162602270148275,
    -0.00035827922832296083,
    7.749765527746903e-06,
    8.087990239705069e-05,
    -5.228700502975201e-05,
    1.0878189501180313e-05,
    6.59107302037383e-06,
    -4.0116775739156e-06
  };

  /** The same by powers of sqrt(w) - 5.1, for w above 16. */
  private static final double[] ERFINV_FARTHEST = {
    4.950934853067048,
    1.0102665645069169,
    -0.00019885816648081654,
    -0.00018651329216480732,
    6.679337529479781e-05,
    -1.716000243741206e-05,
    3.912981401898826e-06,
    -8.402027541299299e-07,
    1.4408889054898636e-07,
    -3.13239284419057e-08,
    3.970979747333718e-08,
    -1.7808188499292458e-08
  };

  private SpecialFunctions() {}

  private static Scalar one() {
    return Scalar.of(1);
  }

  private static Scalar less(Scalar a, double bound) {
    return a.with(Fn2.LT, Scalar.of(bound));
  }

  /** {@code c[0] + c[1] x + c[2] x² + …}. */
  private static Scalar polynomial(double[] c, Scalar x) {
    Scalar sum = Scalar.of(c[c.length - 1]);
    for (int i = c.length - 2; i >= 0; i--) {
      sum = sum.times(x).plus(c[i]);
    }
    return sum;
  }

  /** {@code sqrt(1 + x²)} for x of moderate size. */
  private static Scalar sqrtOnePlusSquare(Scalar x) {
    return x.times(x).plus(1).map(Fn.SQRT);
  }

  /**
   * Arc tangent: of the reciprocal above 1, the angle halved twice, then Taylor's series, whose
   * argument is then below 0.2.
   */
  static Scalar atan(Scalar x) {
    Scalar size = x.map(Fn.ABS);
    Scalar large = size.with(Fn2.GT, one());
    Scalar t = large.choose(one().over(size), size);
    Scalar half = t.over(sqrtOnePlusSquare(t).plus(1));
    Scalar quarter = half.over(sqrtOnePlusSquare(half).plus(1));
    double[] series = new double[11];
    for (int i = 0; i < series.length; i++) {
      series[i] = (i % 2 == 0 ? 4.0 : -4.0) / (2 * i + 1);
    }
    Scalar angle = quarter.times(polynomial(series, quarter.times(quarter)));
    Scalar positive = large.choose(Scalar.of(Math.PI / 2).minus(angle), angle);
    return less(x, 0).choose(positive.map(Fn.NEG), positive);
  }

  /** Arc sine; NaN outside [-1, 1]. */
  static Scalar asin(Scalar x) {
    return atan(x.over(one().minus(x).times(x.plus(1)).map(Fn.SQRT)));
  }

  /** Arc cosine, 2 atan sqrt((1-x)/(1+x)), exact near 1; NaN outside [-1, 1]. */
  static Scalar acos(Scalar x) {
    return atan(one().minus(x).over(x.plus(1)).map(Fn.SQRT)).times(2);
  }

  /** Inverse of the hyperbolic sine, accurate near 0 and without overflow. */
  static Scalar asinh(Scalar x) {
    Scalar a = x.map(Fn.ABS);
    Scalar moderate = a.plus(a.times(a).over(sqrtOnePlusSquare(a).plus(1))).map(Fn.LOG1P);
    Scalar size = less(a, 1e9).choose(moderate, a.map(Fn.LOG).plus(Math.log(2)));
    return less(x, 0).choose(size.map(Fn.NEG), size);
  }

  /** Inverse of the hyperbolic cosine, accurate near 1; NaN below 1. */
  static Scalar acosh(Scalar x) {
    Scalar t = x.minus(1);
    Scalar moderate = t.plus(t.times(t.plus(2)).map(Fn.SQRT)).map(Fn.LOG1P);
    return x.with(Fn2.GT, Scalar.of(1e9)).choose(x.map(Fn.LOG).plus(Math.log(2)), moderate);
  }

  /** Inverse of the hyperbolic tangent; NaN outside [-1, 1]. */
  static Scalar atanh(Scalar x) {
    Scalar a = x.map(Fn.ABS);
    Scalar size = a.times(2).over(one().minus(a)).map(Fn.LOG1P).times(0.5);
    return less(x, 0).choose(size.map(Fn.NEG), size);
  }

  /** Real cube root. */
  static Scalar cbrt(Scalar x) {
    Scalar root = x.map(Fn.ABS).with(Fn2.POW, Scalar.of(1.0 / 3));
    return less(x, 0).choose(root.map(Fn.NEG), root);
  }

  /** Logarithm of the gamma function for positive arguments, by Lanczos' formula. */
  static Scalar logGammaOfPositive(Scalar x) {
    Scalar sum = Scalar.of(LANCZOS[0]);
    for (int k = 1; k < LANCZOS.length; k++) {
      sum = sum.plus(Scalar.of(LANCZOS[k]).over(x.plus(k)));
    }
    Scalar t = x.plus(LANCZOS_G + 0.5);
    Scalar scale = sum.times(Math.sqrt(2 * Math.PI)).over(x).map(Fn.LOG);
    return x.plus(0.5).times(t.map(Fn.LOG)).minus(t).plus(scale);
  }

  private static Scalar sinPi(Scalar x) {
    // The sine of the part beyond the nearest even integer: exact zeros, no large arguments.
    Scalar rest = x.minus(x.times(0.5).map(Fn.RINT).times(2));
    return rest.times(Math.PI).map(Fn.SIN);
  }

  /** Logarithm of |Γ(x)|; infinite at 0, -1, -2, … */
  static Scalar logGamma(Scalar x) {
    Scalar low = less(x, 0.5);
    Scalar positive = logGammaOfPositive(low.choose(one().minus(x), x));
    Scalar pole = x.with(Fn2.LE, Scalar.of(0)).times(x.with(Fn2.EQ, x.map(Fn.FLOOR)));
    Scalar reflected = Scalar.of(Math.log(Math.PI)).minus(sinPi(x).map(Fn.ABS).map(Fn.LOG));
    Scalar value = low.choose(reflected.minus(positive), positive);
    return pole.choose(Scalar.of(Double.POSITIVE_INFINITY), value);
  }

  /** The gamma function; NaN at 0, -1, -2, …, where it has poles. */
  static Scalar gamma(Scalar x) {
    Scalar low = less(x, 0.5);
    Scalar positive = gammaOfPositive(low.choose(one().minus(x), x));
    Scalar value = low.choose(Scalar.of(Math.PI).over(sinPi(x).times(positive)), positive);
    Scalar pole = x.with(Fn2.LE, Scalar.of(0)).times(x.with(Fn2.EQ, x.map(Fn.FLOOR)));
    return pole.choose(Scalar.of(Double.NaN), value);
  }

  /** Not the exponential of the logarithm: that would lose digits as the result grows. */
  private static Scalar gammaOfPositive(Scalar x) {
    Scalar sum = Scalar.of(LANCZOS[0]);
    for (int k = 1; k < LANCZOS.length; k++) {
      sum = sum.plus(Scalar.of(LANCZOS[k]).over(x.plus(k)));
    }
    Scalar t = x.plus(LANCZOS_G + 0.5);
    // Half the power at a time: the whole overflows before the result does.
    Scalar half = t.with(Fn2.POW, x.times(0.5).plus(0.25));
    return half.times(t.map(Fn.NEG).map(Fn.EXP))
        .times(half)
        .times(sum.times(Math.sqrt(2 * Math.PI)).over(x));
  }

  /** The derivative of {@link #logGamma}. */
  static Scalar digamma(Scalar x) {
    Scalar low = less(x, 0.5);
    Scalar z = low.choose(one().minus(x), x);
    Scalar sum = Scalar.of(LANCZOS[0]);
    Scalar slope = Scalar.of(0);
    for (int k = 1; k < LANCZOS.length; k++) {
      Scalar term = Scalar.of(LANCZOS[k]).over(z.plus(k));
      sum = sum.plus(term);
      slope = slope.plus(term.over(z.plus(k)));
    }
    Scalar t = z.plus(LANCZOS_G + 0.5);
    Scalar positive =
        t.map(Fn.LOG)
            .plus(z.plus(0.5).over(t))
            .minus(1)
            .minus(slope.over(sum))
            .minus(one().over(z));
    Scalar rest = x.minus(x.map(Fn.FLOOR)).times(Math.PI);
    Scalar cotangent = rest.map(Fn.COS).over(rest.map(Fn.SIN));
    return low.choose(positive.minus(cotangent.times(Math.PI)), positive);
  }

  /** Inverse of the error function; infinite at -1 and 1, NaN beyond. */
  static Scalar erfinv(Scalar x) {
    Scalar w = one().minus(x).times(x.plus(1)).map(Fn.LOG).map(Fn.NEG);
    Scalar root = w.map(Fn.SQRT);
    Scalar near = polynomial(ERFINV_NEAR, w.minus(3));
    Scalar far = polynomial(ERFINV_FAR, root.minus(3.224744871391589));
    Scalar farthest = polynomial(ERFINV_FARTHEST, root.minus(5.1));
    Scalar ratio = less(w, 6).choose(near, less(w, 16).choose(far, farthest));
    Scalar end = x.map(Fn.ABS).with(Fn2.EQ, one());
    return x.times(end.choose(Scalar.of(Double.POSITIVE_INFINITY), ratio));
  }
}
