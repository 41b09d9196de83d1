package io.gluonj.function;

import io.gluonj.op.Draws;
import io.gluonj.op.RandomNumbers;
import io.gluonj.op.RandomSamples;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class RandomFunctions2 extends RandomFunctions permits RandomFunctions3 {
  RandomFunctions2() {}

  /**
   * Uniform numbers from {@code low} to {@code high}.
   *
   * <p>MXNet {@code _random_uniform}.
   */
  public static NDArray randomUniform(Consumer<RandomUniformAttributes> attributes) {
    return create(set(new RandomUniformAttributes(), attributes).op());
  }

  /** Attributes of {@code randomUniform}. */
  public static final class RandomUniformAttributes extends Attributes {
    private double low = 0;
    private double high = 1;
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private RandomUniformAttributes() {}

    /** MXNet's {@code low}; 0 by default. */
    public RandomUniformAttributes low(double low) {
      this.low = low;
      return this;
    }

    /** MXNet's {@code high}; 1 by default. */
    public RandomUniformAttributes high(double high) {
      this.high = high;
      return this;
    }

    /** The shape; none by default. */
    public RandomUniformAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public RandomUniformAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomNumbers.Uniform op() {
      return new RandomNumbers.Uniform(low, high, shape, dtype);
    }
  }

  /** Exponential numbers of rate {@code lam}. */
  public static <T extends Tensor> T sampleExponential(T lam) {
    return one(new RandomSamples.Exponential(List.of(), Optional.empty()), lam);
  }

  /**
   * Exponential numbers of rate {@code lam}.
   *
   * <p>MXNet {@code _sample_exponential}.
   */
  public static <T extends Tensor> T sampleExponential(
      T lam, Consumer<SampleExponentialAttributes> attributes) {
    return one(set(new SampleExponentialAttributes(), attributes).op(), lam);
  }

  /** Attributes of {@code sampleExponential}. */
  public static final class SampleExponentialAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SampleExponentialAttributes() {}

    /** The shape; none by default. */
    public SampleExponentialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SampleExponentialAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.Exponential op() {
      return new RandomSamples.Exponential(shape, dtype);
    }
  }

  /** Gamma numbers of shape {@code alpha} and scale {@code beta}. */
  public static <T extends Tensor> T sampleGamma(T alpha, T beta) {
    return one(new RandomSamples.Gamma(List.of(), Optional.empty()), alpha, beta);
  }

  /**
   * Gamma numbers of shape {@code alpha} and scale {@code beta}.
   *
   * <p>MXNet {@code _sample_gamma}.
   */
  public static <T extends Tensor> T sampleGamma(
      T alpha, T beta, Consumer<SampleGammaAttributes> attributes) {
    return one(set(new SampleGammaAttributes(), attributes).op(), alpha, beta);
  }

  /** Attributes of {@code sampleGamma}. */
  public static final class SampleGammaAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SampleGammaAttributes() {}

    /** The shape; none by default. */
    public SampleGammaAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SampleGammaAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.Gamma op() {
      return new RandomSamples.Gamma(shape, dtype);
    }
  }

  /** Counts of mean {@code mu} and dispersion {@code alpha}. */
  public static <T extends Tensor> T sampleGeneralizedNegativeBinomial(T mu, T alpha) {
    return one(
        new RandomSamples.GeneralizedNegativeBinomial(List.of(), Optional.empty()), mu, alpha);
  }

  /**
   * Counts of mean {@code mu} and dispersion {@code alpha}.
   *
   * <p>MXNet {@code _sample_generalized_negative_binomial}.
   */
  public static <T extends Tensor> T sampleGeneralizedNegativeBinomial(
      T mu, T alpha, Consumer<SampleGeneralizedNegativeBinomialAttributes> attributes) {
    return one(set(new SampleGeneralizedNegativeBinomialAttributes(), attributes).op(), mu, alpha);
  }

  /** Attributes of {@code sampleGeneralizedNegativeBinomial}. */
  public static final class SampleGeneralizedNegativeBinomialAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SampleGeneralizedNegativeBinomialAttributes() {}

    /** The shape; none by default. */
    public SampleGeneralizedNegativeBinomialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SampleGeneralizedNegativeBinomialAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.GeneralizedNegativeBinomial op() {
      return new RandomSamples.GeneralizedNegativeBinomial(shape, dtype);
    }
  }

  /**
   * Positions chosen by probabilities along the last axis, {@code shape} of them for each
   * distribution; with {@code getProb} also the logarithms of their probabilities, which are
   * differentiable.
   */
  public static <T extends Tensor> T sampleMultinomial(T data) {
    return one(new Draws.Multinomial(List.of(), false, DType.INT32), data);
  }

  /**
   * Positions chosen by probabilities along the last axis, {@code shape} of them for each
   * distribution; with {@code getProb} also the logarithms of their probabilities, which are
   * differentiable. Probabilities need not add up to 1, but the logarithms are of those given.
   *
   * <p>MXNet {@code _sample_multinomial}.
   */
  public static <T extends Tensor> T sampleMultinomial(
      T data, Consumer<SampleMultinomialAttributes> attributes) {
    return one(set(new SampleMultinomialAttributes(), attributes).op(), data);
  }

  /**
   * Positions chosen by probabilities along the last axis, {@code shape} of them for each
   * distribution; with {@code getProb} also the logarithms of their probabilities, which are
   * differentiable.
   */
  public static <T extends Tensor> List<T> sampleMultinomialOutputs(
      T data, Consumer<SampleMultinomialAttributes> attributes) {
    return all(set(new SampleMultinomialAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code sampleMultinomial}. */
  public static final class SampleMultinomialAttributes extends Attributes {
    private List<Long> shape = List.of();
    private boolean getProb = false;
    private DType dtype = DType.INT32;

    private SampleMultinomialAttributes() {}

    /** The shape; none by default. */
    public SampleMultinomialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** MXNet's {@code get_prob}; false by default. */
    public SampleMultinomialAttributes getProb(boolean getProb) {
      this.getProb = getProb;
      return this;
    }

    /** The element type of the result; {@code int32} by default. */
    public SampleMultinomialAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Draws.Multinomial op() {
      return new Draws.Multinomial(shape, getProb, dtype);
    }
  }

  /** Failures before {@code k} successes of probability {@code p}. */
  public static <T extends Tensor> T sampleNegativeBinomial(T k, T p) {
    return one(new RandomSamples.NegativeBinomial(List.of(), Optional.empty()), k, p);
  }

  /**
   * Failures before {@code k} successes of probability {@code p}.
   *
   * <p>MXNet {@code _sample_negative_binomial}.
   */
  public static <T extends Tensor> T sampleNegativeBinomial(
      T k, T p, Consumer<SampleNegativeBinomialAttributes> attributes) {
    return one(set(new SampleNegativeBinomialAttributes(), attributes).op(), k, p);
  }

  /** Attributes of {@code sampleNegativeBinomial}. */
  public static final class SampleNegativeBinomialAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SampleNegativeBinomialAttributes() {}

    /** The shape; none by default. */
    public SampleNegativeBinomialAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SampleNegativeBinomialAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.NegativeBinomial op() {
      return new RandomSamples.NegativeBinomial(shape, dtype);
    }
  }

  /** Normal numbers of mean {@code mu} and standard deviation {@code sigma}. */
  public static <T extends Tensor> T sampleNormal(T mu, T sigma) {
    return one(new RandomSamples.Normal(List.of(), Optional.empty()), mu, sigma);
  }

  /**
   * Normal numbers of mean {@code mu} and standard deviation {@code sigma}.
   *
   * <p>MXNet {@code _sample_normal}.
   */
  public static <T extends Tensor> T sampleNormal(
      T mu, T sigma, Consumer<SampleNormalAttributes> attributes) {
    return one(set(new SampleNormalAttributes(), attributes).op(), mu, sigma);
  }

  /** Attributes of {@code sampleNormal}. */
  public static final class SampleNormalAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SampleNormalAttributes() {}

    /** The shape; none by default. */
    public SampleNormalAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SampleNormalAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.Normal op() {
      return new RandomSamples.Normal(shape, dtype);
    }
  }
}
