package io.gluonj.op;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * How numbers of a distribution are made from uniform ones. Every element takes the same number of
 * them, whatever its value, so that streams never depend on each other: where a method rejects, it
 * is given so many attempts that one in 10^7 elements or fewer fails in all, and that one becomes
 * about the mean.
 */
enum Distribution {
  /** Between low and high, high excluded up to rounding. */
  UNIFORM,
  /** Mean and standard deviation (Box and Muller, 1958). */
  NORMAL,
  /** Shape and scale (Marsaglia and Tsang, ACM TOMS 26, 2000). */
  GAMMA,
  /** Rate. */
  EXPONENTIAL,
  /** Mean: inversion below 10, from there on PTRS (Hörmann, 1993). */
  POISSON,
  /** Failures before k successes of probability p. */
  NEGATIVE_BINOMIAL,
  /** Mean mu and dispersion alpha: variance {@code mu + alpha mu^2}. */
  GENERALIZED_NEGATIVE_BINOMIAL;

  private static final int GAMMA_ATTEMPTS = 6;
  private static final int POISSON_ATTEMPTS = 12;
  private static final int INVERTED_TERMS = 40;
  private static final double INVERTED_MEAN = 10;

  /**
   * Draws.
   *
   * @param parameters expressions of {@code tensors}
   * @param tensors of shapes that broadcast to {@code shape}
   */
  Tensor draw(
      Expansion e, Shape shape, DType dtype, List<Scalar> parameters, List<Tensor> tensors) {
    Scalar a = parameters.getFirst();
    Scalar b = parameters.getLast();
    TensorType type = new TensorType(shape, dtype == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
    TensorType precise = new TensorType(shape, DType.FLOAT64);
    Tensor drawn =
        switch (this) {
          case UNIFORM -> e.drawn(type, 1, u -> u.getFirst().times(b.minus(a)).plus(a), tensors);
          case NORMAL ->
              e.drawn(type, 2, u -> normal(u.get(0), u.get(1)).times(b).plus(a), tensors);
          case EXPONENTIAL ->
              e.drawn(type, 1, u -> logarithm(u.getFirst()).map(Fn.NEG).over(a), tensors);
          case GAMMA -> gamma(e, precise, a, b, tensors);
          case POISSON -> poisson(e, precise, a, tensors);
          case NEGATIVE_BINOMIAL -> {
            Scalar odds = Scalar.of(1).minus(b).over(b);
            yield poisson(e, precise, Scalar.arg(0), List.of(gamma(e, precise, a, odds, tensors)));
          }
          case GENERALIZED_NEGATIVE_BINOMIAL -> {
            Scalar spread = b.with(Fn2.GT, Scalar.of(0));
            Scalar safe = spread.choose(b, Scalar.of(1));
            Scalar one = Scalar.of(1).over(safe);
            Tensor mean = gamma(e, precise, one, a.times(safe), tensors);
            yield poisson(e, precise, spread, a, tensors, mean);
          }
        };
    return drawn.cast(dtype);
  }

  /** A number in [0, 1) with 48 random bits; exact in float64. */
  static Scalar fine(Scalar high, Scalar low) {
    return low.times(0x1p-24).plus(high);
  }

  /** The logarithm of a uniform number that is not 0. */
  private static Scalar logarithm(Scalar uniform) {
    return Scalar.of(1).minus(uniform).map(Fn.LOG);
  }

  private static Scalar normal(Scalar u, Scalar v) {
    Scalar radius = logarithm(u).times(-2).map(Fn.SQRT);
    return radius.times(v.times(2 * Math.PI).map(Fn.COS));
  }

  private static Tensor gamma(
      Expansion e, TensorType type, Scalar alpha, Scalar scale, List<Tensor> tensors) {
    return e.drawn(
        type, 3 * GAMMA_ATTEMPTS + 1, u -> standardGamma(u, alpha).times(scale), tensors);
  }

  /** Shapes below 1 by the next one, times a power of one more uniform number. */
  private static Scalar standardGamma(List<Scalar> u, Scalar alpha) {
    Scalar small = alpha.with(Fn2.LT, Scalar.of(1));
    Scalar d = Scalars.select(small, alpha.plus(1), alpha).minus(1.0 / 3);
    Scalar c = Scalar.of(1).over(d.times(9).map(Fn.SQRT));
    Scalar found = d;
    for (int i = GAMMA_ATTEMPTS - 1; i >= 0; i--) {
      Scalar x = normal(u.get(3 * i), u.get(3 * i + 1));
      Scalar root = c.times(x).plus(1);
      Scalar v = root.times(root).times(root);
      Scalar bound = x.times(x).times(0.5).plus(d.times(Scalar.of(1).minus(v).plus(v.map(Fn.LOG))));
      Scalar positive = v.with(Fn2.GT, Scalar.of(0));
      Scalar below = logarithm(u.get(3 * i + 2)).with(Fn2.LT, bound);
      found = positive.times(below).choose(d.times(v), found);
    }
    Scalar boost = logarithm(u.getLast()).over(alpha).map(Fn.EXP);
    return found.times(small.choose(boost, Scalar.of(1)));
  }

  private static Tensor poisson(Expansion e, TensorType type, Scalar mean, List<Tensor> tensors) {
    return e.drawn(type, 2 * POISSON_ATTEMPTS, u -> poisson(u, mean), tensors);
  }

  /** The mean is that of a tensor where a condition holds. */
  private static Tensor poisson(
      Expansion e,
      TensorType type,
      Scalar condition,
      Scalar mean,
      List<Tensor> tensors,
      Tensor other) {
    var all = new java.util.ArrayList<>(tensors);
    all.add(other);
    return poisson(e, type, condition.choose(Scalar.arg(tensors.size()), mean), all);
  }

  private static Scalar poisson(List<Scalar> u, Scalar mean) {
    Scalar inverted = inverted(u.getFirst(), mean);
    Scalar rejected = transformed(u, mean);
    return mean.with(Fn2.LT, Scalar.of(INVERTED_MEAN)).choose(inverted, rejected);
  }

  /** The first number whose cumulative probability exceeds {@code u}. */
  private static Scalar inverted(Scalar u, Scalar mean) {
    Scalar[] cumulative = new Scalar[INVERTED_TERMS];
    Scalar probability = mean.map(Fn.NEG).map(Fn.EXP);
    cumulative[0] = probability;
    for (int k = 1; k < INVERTED_TERMS; k++) {
      probability = probability.times(mean).times(1.0 / k);
      cumulative[k] = cumulative[k - 1].plus(probability);
    }
    Scalar found = Scalar.of(INVERTED_TERMS);
    for (int k = INVERTED_TERMS - 1; k >= 0; k--) {
      found = u.with(Fn2.LT, cumulative[k]).choose(Scalar.of(k), found);
    }
    return found;
  }

  private static Scalar transformed(List<Scalar> u, Scalar mean) {
    Scalar log = mean.map(Fn.LOG);
    Scalar b = mean.map(Fn.SQRT).times(2.53).plus(0.931);
    Scalar a = b.times(0.02483).minus(0.059);
    Scalar inverseAlpha = Scalar.of(1.1328).over(b.minus(3.4)).plus(1.1239);
    Scalar found = mean.map(Fn.FLOOR);
    for (int i = POISSON_ATTEMPTS - 1; i >= 0; i--) {
      Scalar x = u.get(2 * i).minus(0.5);
      Scalar edge = Scalar.of(0.5).minus(x.map(Fn.ABS));
      Scalar k = a.times(2).over(edge).plus(b).times(x).plus(mean).plus(0.43).map(Fn.FLOOR);
      Scalar area = a.over(edge.times(edge)).plus(b);
      Scalar left = logarithm(u.get(2 * i + 1)).plus(inverseAlpha.over(area).map(Fn.LOG));
      Scalar right = k.times(log).minus(mean).minus(SpecialFunctions.logGammaOfPositive(k.plus(1)));
      Scalar whole = k.with(Fn2.GE, Scalar.of(0));
      found = whole.times(left.with(Fn2.LE, right)).choose(k, found);
    }
    return found;
  }
}
