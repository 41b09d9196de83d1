package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Locale;

/**
 * Keeps the variance of activations and gradients alike through the layers (Glorot and Bengio,
 * "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010).
 *
 * <p>For a weight (out, in, kernel…) the spread is {@code sqrt(magnitude / fan)}, where the fan-in
 * is {@code in * kernel} and the fan-out {@code out * kernel}.
 *
 * @param rndType the distribution: uniform in [-spread, spread), or normal with that deviation
 * @param factorType which fan counts
 * @param magnitude the factor on the variance
 */
public record Xavier(Distribution rndType, Fan factorType, double magnitude)
    implements Initializer {
  /** The distribution values are drawn from. */
  public enum Distribution {
    UNIFORM,
    GAUSSIAN
  }

  /** Which number of connections the variance is divided by. */
  public enum Fan {
    IN,
    OUT,
    /** The mean of both. */
    AVG
  }

  public Xavier {
    Values.requireScale("Xavier", "magnitude", magnitude);
  }

  /** Uniform, average of both fans, magnitude 3. */
  public Xavier() {
    this(Distribution.UNIFORM, Fan.AVG, 3);
  }

  /** With MXNet's words: {@code new Xavier("gaussian", "in", 2)}. */
  public Xavier(String rndType, String factorType, double magnitude) {
    this(
        Values.constant(Distribution.class, "rnd_type", rndType),
        Values.constant(Fan.class, "factor_type", factorType),
        magnitude);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    int count = Values.count(shape);
    if (shape.rank() < 2) {
      throw new InvalidArgumentException(
          "Xavier was asked to fill a parameter of shape " + shape,
          "fan-in and fan-out are extents 1 and 0 of a weight, which has at least two axes",
          "give this parameter an initializer of its own, such as zeros, or use Uniform or Normal");
    }
    if (count == 0) {
      return new float[0];
    }
    double kernel = shape.sizeFrom(2);
    double in = shape.dim(1) * kernel;
    double out = shape.dim(0) * kernel;
    double fan =
        switch (factorType) {
          case IN -> in;
          case OUT -> out;
          case AVG -> (in + out) / 2;
        };
    double spread = Math.sqrt(magnitude / fan);
    return switch (rndType) {
      case UNIFORM -> random.uniform(count, -spread, spread);
      case GAUSSIAN -> random.normal(count, 0, spread);
    };
  }

  @Override
  public String spec() {
    return new Spec("xavier")
        .with("rnd_type", rndType.name().toLowerCase(Locale.ROOT))
        .with("factor_type", factorType.name().toLowerCase(Locale.ROOT))
        .with("magnitude", magnitude)
        .toString();
  }
}
