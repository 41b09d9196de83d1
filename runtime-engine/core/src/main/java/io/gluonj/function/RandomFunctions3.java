package io.gluonj.function;

import io.gluonj.op.Draws;
import io.gluonj.op.RandomSamples;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class RandomFunctions3 extends RandomFunctions2 permits UpdateFunctions {
  RandomFunctions3() {}

  /** Poisson counts of mean {@code lam}. */
  public static <T extends Tensor> T samplePoisson(T lam) {
    return one(new RandomSamples.Poisson(List.of(), Optional.empty()), lam);
  }

  /**
   * Poisson counts of mean {@code lam}.
   *
   * <p>MXNet {@code _sample_poisson}.
   */
  public static <T extends Tensor> T samplePoisson(
      T lam, Consumer<SamplePoissonAttributes> attributes) {
    return one(set(new SamplePoissonAttributes(), attributes).op(), lam);
  }

  /** Attributes of {@code samplePoisson}. */
  public static final class SamplePoissonAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SamplePoissonAttributes() {}

    /** The shape; none by default. */
    public SamplePoissonAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SamplePoissonAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.Poisson op() {
      return new RandomSamples.Poisson(shape, dtype);
    }
  }

  /**
   * One token (…), int32, for logits (…, n): chosen with the probability {@code softmax(logits /
   * temperature)} of what {@code FilterLogits} leaves; the best one for temperature 0.
   */
  public static <T extends Tensor> T sampleTokens(T logits) {
    return one(new Draws.SampleTokens(1, 0, 1), logits);
  }

  /**
   * One token (…), int32, for logits (…, n): chosen with the probability {@code softmax(logits /
   * temperature)} of what {@code FilterLogits} leaves; the best one for temperature 0.
   */
  public static <T extends Tensor> T sampleTokens(
      T logits, Consumer<SampleTokensAttributes> attributes) {
    return one(set(new SampleTokensAttributes(), attributes).op(), logits);
  }

  /** Attributes of {@code sampleTokens}. */
  public static final class SampleTokensAttributes extends Attributes {
    private double temperature = 1;
    private int topK = 0;
    private double topP = 1;

    private SampleTokensAttributes() {}

    /** What the input is divided by first; 1 by default. */
    public SampleTokensAttributes temperature(double temperature) {
      this.temperature = temperature;
      return this;
    }

    /** MXNet's {@code top_k}; 0 by default. */
    public SampleTokensAttributes topK(int topK) {
      this.topK = topK;
      return this;
    }

    /** MXNet's {@code top_p}; 1 by default. */
    public SampleTokensAttributes topP(double topP) {
      this.topP = topP;
      return this;
    }

    private Draws.SampleTokens op() {
      return new Draws.SampleTokens(temperature, topK, topP);
    }
  }

  /** Uniform numbers from {@code low} to {@code high}. */
  public static <T extends Tensor> T sampleUniform(T low, T high) {
    return one(new RandomSamples.Uniform(List.of(), Optional.empty()), low, high);
  }

  /**
   * Uniform numbers from {@code low} to {@code high}.
   *
   * <p>MXNet {@code _sample_uniform}.
   */
  public static <T extends Tensor> T sampleUniform(
      T low, T high, Consumer<SampleUniformAttributes> attributes) {
    return one(set(new SampleUniformAttributes(), attributes).op(), low, high);
  }

  /** Attributes of {@code sampleUniform}. */
  public static final class SampleUniformAttributes extends Attributes {
    private List<Long> shape = List.of();
    private Optional<DType> dtype = Optional.empty();

    private SampleUniformAttributes() {}

    /** The shape; none by default. */
    public SampleUniformAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; none by default. */
    public SampleUniformAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private RandomSamples.Uniform op() {
      return new RandomSamples.Uniform(shape, dtype);
    }
  }

  /**
   * The slices along the first axis in random order.
   *
   * <p>MXNet {@code _shuffle}.
   */
  public static <T extends Tensor> T shuffle(T data) {
    return one(new Draws.Shuffle(), data);
  }
}
