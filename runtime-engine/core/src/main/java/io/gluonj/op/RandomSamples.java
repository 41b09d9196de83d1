package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Random numbers whose parameters are arrays: {@code shape} numbers for each element of these. The
 * result has the parameters' axes, then those of {@code shape}. Where a parameter is outside its
 * range the numbers mean nothing.
 */
public sealed interface RandomSamples extends Op.Composite {
  /** Why there is no gradient. */
  String CONVENTION = "numbers that were drawn are not differentiated, as in MXNet";

  List<Long> shape();

  /** Element type, float32 if there is none. */
  Optional<DType> dtype();

  /** What is drawn. */
  Distribution distribution();

  private static SampleInput input(double low, double high) {
    return new SampleInput(TensorType.float32(2, 3), low, high);
  }

  @Override
  default void infer(Infer s) {
    for (int i = 1; i < s.inputs(); i++) {
      s.in(i, s.in(0), "there is one number of each parameter");
      s.in(0, s.in(i), "there is one number of each parameter");
    }
    if (s.in(0).isKnown()) {
      long[] dims =
          LongStream.concat(LongStream.of(s.in(0).dims()), shape().stream().mapToLong(d -> d))
              .toArray();
      s.out(0, Shape.of(dims), "the axes of the parameters, then those of the shape");
    }
    s.dtype(0, dtype().orElse(DType.FLOAT32));
  }

  @Override
  default boolean ownGradient() {
    return true;
  }

  @Override
  default void vjp(Vjp g) {
    for (int i = 0; i < g.inputs(); i++) {
      g.none(i, CONVENTION);
    }
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    Shape own = e.shape(0);
    long[] dims = own.dims();
    long[] spread = java.util.Arrays.copyOf(dims, dims.length + shape().size());
    long[] all = spread.clone();
    for (int i = 0; i < shape().size(); i++) {
      spread[dims.length + i] = 1;
      all[dims.length + i] = shape().get(i);
    }
    var tensors = new ArrayList<Tensor>();
    var parameters = new ArrayList<Scalar>();
    for (Tensor input : e.inputs()) {
      parameters.add(Scalar.arg(tensors.size()));
      tensors.add(input.reshapeTo(Shape.of(spread)));
    }
    DType type = dtype().orElse(DType.FLOAT32);
    return List.of(distribution().draw(e, Shape.of(all), type, parameters, tensors));
  }

  /** Uniform numbers from {@code low} to {@code high}. */
  record Uniform(List<Long> shape, Optional<DType> dtype) implements RandomSamples {
    static final OpSchema<Uniform> SCHEMA =
        define(new Uniform(List.of(), Optional.empty()), "_sample_uniform", "sample_uniform")
            .inputs("low", "high")
            .gradientIs(CONVENTION)
            .sample(new Uniform(List.of(4L), Optional.empty()), input(0, 1), input(2, 3));

    public Uniform {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.UNIFORM;
    }
  }

  /** Normal numbers of mean {@code mu} and standard deviation {@code sigma}. */
  record Normal(List<Long> shape, Optional<DType> dtype) implements RandomSamples {
    static final OpSchema<Normal> SCHEMA =
        define(new Normal(List.of(), Optional.empty()), "_sample_normal", "sample_normal")
            .inputs("mu", "sigma")
            .gradientIs(CONVENTION)
            .sample(new Normal(List.of(4L), Optional.empty()), input(-2, 2), input(0.5, 2));

    public Normal {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.NORMAL;
    }
  }

  /** Gamma numbers of shape {@code alpha} and scale {@code beta}. */
  record Gamma(List<Long> shape, Optional<DType> dtype) implements RandomSamples {
    static final OpSchema<Gamma> SCHEMA =
        define(new Gamma(List.of(), Optional.empty()), "_sample_gamma", "sample_gamma")
            .inputs("alpha", "beta")
            .gradientIs(CONVENTION)
            .sample(new Gamma(List.of(4L), Optional.empty()), input(0.2, 4), input(0.5, 2));

    public Gamma {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.GAMMA;
    }
  }

  /** Exponential numbers of rate {@code lam}. */
  record Exponential(List<Long> shape, Optional<DType> dtype) implements RandomSamples {
    static final OpSchema<Exponential> SCHEMA =
        define(
                new Exponential(List.of(), Optional.empty()),
                "_sample_exponential",
                "sample_exponential")
            .inputs("lam")
            .gradientIs(CONVENTION)
            .sample(new Exponential(List.of(4L), Optional.empty()), input(0.5, 2));

    public Exponential {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.EXPONENTIAL;
    }
  }

  /** Poisson counts of mean {@code lam}. */
  record Poisson(List<Long> shape, Optional<DType> dtype) implements RandomSamples {
    static final OpSchema<Poisson> SCHEMA =
        define(new Poisson(List.of(), Optional.empty()), "_sample_poisson", "sample_poisson")
            .inputs("lam")
            .gradientIs(CONVENTION)
            .sample(new Poisson(List.of(4L), Optional.empty()), input(2, 20));

    public Poisson {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.POISSON;
    }
  }

  /** Failures before {@code k} successes of probability {@code p}. */
  record NegativeBinomial(List<Long> shape, Optional<DType> dtype) implements RandomSamples {
    static final OpSchema<NegativeBinomial> SCHEMA =
        define(
                new NegativeBinomial(List.of(), Optional.empty()),
                "_sample_negative_binomial",
                "sample_negative_binomial")
            .inputs("k", "p")
            .gradientIs(CONVENTION)
            .sample(
                new NegativeBinomial(List.of(4L), Optional.empty()), input(1, 5), input(0.2, 0.8));

    public NegativeBinomial {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.NEGATIVE_BINOMIAL;
    }
  }

  /** Counts of mean {@code mu} and dispersion {@code alpha}. */
  record GeneralizedNegativeBinomial(List<Long> shape, Optional<DType> dtype)
      implements RandomSamples {
    static final OpSchema<GeneralizedNegativeBinomial> SCHEMA =
        define(
                new GeneralizedNegativeBinomial(List.of(), Optional.empty()),
                "_sample_generalized_negative_binomial",
                "sample_generalized_negative_binomial")
            .inputs("mu", "alpha")
            .gradientIs(CONVENTION)
            .sample(
                new GeneralizedNegativeBinomial(List.of(4L), Optional.empty()),
                input(1, 20),
                input(0.1, 1));

    public GeneralizedNegativeBinomial {
      shape = List.copyOf(shape);
    }

    @Override
    public Distribution distribution() {
      return Distribution.GENERALIZED_NEGATIVE_BINOMIAL;
    }
  }
}
