package io.gluonj.function;

import io.gluonj.op.RandomNumbers;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class RandomFunctions extends VisionFunctions3 permits RandomFunctions2 {
  RandomFunctions() {}

  /**
   * Exponential numbers of rate {@code lam}.
   *
   * <p>MXNet {@code _random_exponential}.
   */
  public static NDArray randomExponential(Consumer<RandomExponentialAttributes> attributes) {
    return create(set(new RandomExponentialAttributes(), attributes).op());
  }

  /** Attributes of {@code randomExponential}. */
  public static final class RandomExponentialAttributes extends Attributes {
    private double lam = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomExponentialAttributes() {}

    /** MXNet's {@code lam}; 1 by default. */
    public RandomExponentialAttributes lam(double lam) {
      this.lam = lam;
      return this;
    }

    /** The shape; none by default. */
    public RandomExponentialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomExponentialAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.Exponential op() {
      return new RandomNumbers.Exponential(lam, shape, dtype);
    }
  }

  /**
   * Gamma numbers of shape {@code alpha} and scale {@code beta}.
   *
   * <p>MXNet {@code _random_gamma}.
   */
  public static NDArray randomGamma(Consumer<RandomGammaAttributes> attributes) {
    return create(set(new RandomGammaAttributes(), attributes).op());
  }

  /** Attributes of {@code randomGamma}. */
  public static final class RandomGammaAttributes extends Attributes {
    private double alpha = 1;
    private double beta = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomGammaAttributes() {}

    /** The factor of the result; 1 by default. */
    public RandomGammaAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The factor of, or what is added to, the result; 1 by default. */
    public RandomGammaAttributes beta(double beta) {
      this.beta = beta;
      return this;
    }

    /** The shape; none by default. */
    public RandomGammaAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomGammaAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.Gamma op() {
      return new RandomNumbers.Gamma(alpha, beta, shape, dtype);
    }
  }

  /**
   * Counts of mean {@code mu} and dispersion {@code alpha}.
   *
   * <p>MXNet {@code _random_generalized_negative_binomial}.
   */
  public static NDArray randomGeneralizedNegativeBinomial(
      Consumer<RandomGeneralizedNegativeBinomialAttributes> attributes) {
    return create(set(new RandomGeneralizedNegativeBinomialAttributes(), attributes).op());
  }

  /** Attributes of {@code randomGeneralizedNegativeBinomial}. */
  public static final class RandomGeneralizedNegativeBinomialAttributes extends Attributes {
    private double mu = 1;
    private double alpha = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomGeneralizedNegativeBinomialAttributes() {}

    /** MXNet's {@code mu}; 1 by default. */
    public RandomGeneralizedNegativeBinomialAttributes mu(double mu) {
      this.mu = mu;
      return this;
    }

    /** The factor of the result; 1 by default. */
    public RandomGeneralizedNegativeBinomialAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The shape; none by default. */
    public RandomGeneralizedNegativeBinomialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomGeneralizedNegativeBinomialAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.GeneralizedNegativeBinomial op() {
      return new RandomNumbers.GeneralizedNegativeBinomial(mu, alpha, shape, dtype);
    }
  }

  /**
   * Failures before {@code k} successes of probability {@code p}.
   *
   * <p>MXNet {@code _random_negative_binomial}.
   */
  public static NDArray randomNegativeBinomial(
      Consumer<RandomNegativeBinomialAttributes> attributes) {
    return create(set(new RandomNegativeBinomialAttributes(), attributes).op());
  }

  /** Attributes of {@code randomNegativeBinomial}. */
  public static final class RandomNegativeBinomialAttributes extends Attributes {
    private int k = 1;
    private double p = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomNegativeBinomialAttributes() {}

    /**
     * How many, or which diagonal: 0 is the main one and positive ones lie above it; 1 by default.
     */
    public RandomNegativeBinomialAttributes k(int k) {
      this.k = k;
      return this;
    }

    /** The probability with which an element is dropped; 1 by default. */
    public RandomNegativeBinomialAttributes p(double p) {
      this.p = p;
      return this;
    }

    /** The shape; none by default. */
    public RandomNegativeBinomialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomNegativeBinomialAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.NegativeBinomial op() {
      return new RandomNumbers.NegativeBinomial(k, p, shape, dtype);
    }
  }

  /**
   * Normal numbers of mean {@code loc} and standard deviation {@code scale}.
   *
   * <p>MXNet {@code _random_normal}.
   */
  public static NDArray randomNormal(Consumer<RandomNormalAttributes> attributes) {
    return create(set(new RandomNormalAttributes(), attributes).op());
  }

  /** Attributes of {@code randomNormal}. */
  public static final class RandomNormalAttributes extends Attributes {
    private double loc = 0;
    private double scale = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomNormalAttributes() {}

    /** MXNet's {@code loc}; 0 by default. */
    public RandomNormalAttributes loc(double loc) {
      this.loc = loc;
      return this;
    }

    /** The factor of the size; 1 by default. */
    public RandomNormalAttributes scale(double scale) {
      this.scale = scale;
      return this;
    }

    /** The shape; none by default. */
    public RandomNormalAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomNormalAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.Normal op() {
      return new RandomNumbers.Normal(loc, scale, shape, dtype);
    }
  }

  /**
   * Poisson counts of mean {@code lam}.
   *
   * <p>MXNet {@code _random_poisson}.
   */
  public static NDArray randomPoisson(Consumer<RandomPoissonAttributes> attributes) {
    return create(set(new RandomPoissonAttributes(), attributes).op());
  }

  /** Attributes of {@code randomPoisson}. */
  public static final class RandomPoissonAttributes extends Attributes {
    private double lam = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomPoissonAttributes() {}

    /** MXNet's {@code lam}; 1 by default. */
    public RandomPoissonAttributes lam(double lam) {
      this.lam = lam;
      return this;
    }

    /** The shape; none by default. */
    public RandomPoissonAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomPoissonAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.Poisson op() {
      return new RandomNumbers.Poisson(lam, shape, dtype);
    }
  }

  /** Whole numbers from {@code low} to below {@code high}, int32 unless stated otherwise. */
  public static NDArray randomRandint(long low, long high) {
    return create(new RandomNumbers.Integers(low, high, List.of(), Optional.empty()));
  }

  /**
   * Whole numbers from {@code low} to below {@code high}, int32 unless stated otherwise.
   *
   * <p>MXNet {@code _random_randint}.
   */
  public static NDArray randomRandint(Consumer<RandomRandintAttributes> attributes) {
    return create(set(new RandomRandintAttributes(), attributes).op());
  }

  /** Attributes of {@code randomRandint}. */
  public static final class RandomRandintAttributes extends Attributes {
    private long low = 0L;
    private long high = 1L;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomRandintAttributes() {}

    /** MXNet's {@code low}; must be given. */
    public RandomRandintAttributes low(long low) {
      given("low");
      this.low = low;
      return this;
    }

    /** MXNet's {@code high}; must be given. */
    public RandomRandintAttributes high(long high) {
      given("high");
      this.high = high;
      return this;
    }

    /** The shape; none by default. */
    public RandomRandintAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomRandintAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.Integers op() {
      require("randomRandint", "low", "high");
      return new RandomNumbers.Integers(low, high, shape, dtype);
    }
  }
}
