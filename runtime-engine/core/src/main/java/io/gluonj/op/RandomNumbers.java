package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Random numbers of one distribution, from the generator's next stream: the same for equal seeds on
 * every device and with any number of threads. Without a shape there is one number, shape (1,).
 */
public sealed interface RandomNumbers extends Op.Composite {
  List<Long> shape();

  /** Element type, float32 if there is none. */
  Optional<DType> dtype();

  /** What is drawn. */
  Draw draw();

  /**
   * A distribution with its parameters.
   *
   * @param wrong what is wrong with the parameters; empty if nothing is
   */
  record Draw(Distribution distribution, List<Double> parameters, String wrong) {
    static Draw of(Distribution distribution, double a, double b, boolean valid, String rule) {
      return new Draw(distribution, List.of(a, b), valid ? "" : rule);
    }
  }

  /** A shape of the given extents. */
  static Shape extents(List<Long> shape) {
    return Shape.of(shape.stream().mapToLong(d -> d).toArray());
  }

  @Override
  default void infer(Infer s) {
    if (!draw().wrong().isEmpty()) {
      throw s.error("parameters " + draw().parameters(), draw().wrong(), "correct the parameters");
    }
    s.out(0, extents(shape().isEmpty() ? List.of(1L) : shape()), "the shape is an attribute");
    s.dtype(0, dtype().orElse(DType.FLOAT32));
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    List<Scalar> parameters = draw().parameters().stream().map(Scalar::of).toList();
    Shape shape = extents(shape().isEmpty() ? List.of(1L) : shape());
    DType type = dtype().orElse(DType.FLOAT32);
    return List.of(draw().distribution().draw(e, shape, type, parameters, List.of()));
  }

  /** Uniform numbers from {@code low} to {@code high}. */
  record Uniform(double low, double high, List<Long> shape, Optional<DType> dtype)
      implements RandomNumbers {
    static final OpSchema<Uniform> SCHEMA =
        define(
                new Uniform(0, 1, List.of(), Optional.empty()),
                "_random_uniform",
                "uniform",
                "random_uniform")
            .ignored("ctx");

    public Uniform {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(Distribution.UNIFORM, low, high, low <= high, "low is at most high");
    }
  }

  /** Normal numbers of mean {@code loc} and standard deviation {@code scale}. */
  record Normal(double loc, double scale, List<Long> shape, Optional<DType> dtype)
      implements RandomNumbers {
    static final OpSchema<Normal> SCHEMA =
        define(
                new Normal(0, 1, List.of(), Optional.empty()),
                "_random_normal",
                "normal",
                "random_normal")
            .ignored("ctx");

    public Normal {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(Distribution.NORMAL, loc, scale, scale >= 0, "the scale is not negative");
    }
  }

  /** Gamma numbers of shape {@code alpha} and scale {@code beta}. */
  record Gamma(double alpha, double beta, List<Long> shape, Optional<DType> dtype)
      implements RandomNumbers {
    static final OpSchema<Gamma> SCHEMA =
        define(new Gamma(1, 1, List.of(), Optional.empty()), "_random_gamma", "random_gamma")
            .ignored("ctx");

    public Gamma {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(
          Distribution.GAMMA, alpha, beta, alpha > 0 && beta > 0, "alpha and beta are positive");
    }
  }

  /** Exponential numbers of rate {@code lam}. */
  record Exponential(double lam, List<Long> shape, Optional<DType> dtype) implements RandomNumbers {
    static final OpSchema<Exponential> SCHEMA =
        define(
                new Exponential(1, List.of(), Optional.empty()),
                "_random_exponential",
                "random_exponential")
            .ignored("ctx");

    public Exponential {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(Distribution.EXPONENTIAL, lam, lam, lam > 0, "the rate is positive");
    }
  }

  /** Poisson counts of mean {@code lam}. */
  record Poisson(double lam, List<Long> shape, Optional<DType> dtype) implements RandomNumbers {
    static final OpSchema<Poisson> SCHEMA =
        define(new Poisson(1, List.of(), Optional.empty()), "_random_poisson", "random_poisson")
            .ignored("ctx");

    public Poisson {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(Distribution.POISSON, lam, lam, lam >= 0, "the mean is not negative");
    }
  }

  /** Failures before {@code k} successes of probability {@code p}. */
  record NegativeBinomial(int k, double p, List<Long> shape, Optional<DType> dtype)
      implements RandomNumbers {
    static final OpSchema<NegativeBinomial> SCHEMA =
        define(
                new NegativeBinomial(1, 1, List.of(), Optional.empty()),
                "_random_negative_binomial",
                "random_negative_binomial")
            .ignored("ctx");

    public NegativeBinomial {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(
          Distribution.NEGATIVE_BINOMIAL,
          k,
          p,
          k > 0 && p > 0 && p <= 1,
          "k is positive and p above 0, at most 1");
    }
  }

  /** Counts of mean {@code mu} and dispersion {@code alpha}. */
  record GeneralizedNegativeBinomial(
      double mu, double alpha, List<Long> shape, Optional<DType> dtype) implements RandomNumbers {
    static final OpSchema<GeneralizedNegativeBinomial> SCHEMA =
        define(
                new GeneralizedNegativeBinomial(1, 1, List.of(), Optional.empty()),
                "_random_generalized_negative_binomial",
                "random_generalized_negative_binomial")
            .ignored("ctx");

    public GeneralizedNegativeBinomial {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(
          Distribution.GENERALIZED_NEGATIVE_BINOMIAL,
          mu,
          alpha,
          mu >= 0 && alpha >= 0,
          "mu and alpha are not negative");
    }
  }

  /** Whole numbers from {@code low} to below {@code high}, int32 unless stated otherwise. */
  record Integers(long low, long high, List<Long> shape, Optional<DType> dtype)
      implements RandomNumbers {
    /** What 48 random bits choose from without a noticeable preference. */
    private static final long MOST = 1L << 40;

    static final OpSchema<Integers> SCHEMA =
        define(new Integers(0, 1, List.of(), Optional.empty()), "_random_randint", "random_randint")
            .required("low", "high")
            .ignored("ctx");

    public Integers {
      shape = List.copyOf(shape);
    }

    @Override
    public Draw draw() {
      return Draw.of(
          Distribution.UNIFORM,
          (double) low,
          (double) high,
          low < high && high - low <= MOST && high - low > 0,
          "low is below high, by 2^40 at most");
    }

    @Override
    public void infer(Infer s) {
      RandomNumbers.super.infer(s);
      s.dtype(0, dtype.orElse(DType.INT32));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape extents = extents(shape.isEmpty() ? List.of(1L) : shape);
      Tensor drawn =
          e.drawn(
              new TensorType(extents, DType.FLOAT64),
              2,
              u ->
                  Distribution.fine(u.get(0), u.get(1))
                      .times((double) (high - low))
                      .map(Scalar.Fn.FLOOR)
                      .plus((double) low),
              List.of());
      return List.of(drawn.cast(dtype.orElse(DType.INT32)));
    }
  }
}
