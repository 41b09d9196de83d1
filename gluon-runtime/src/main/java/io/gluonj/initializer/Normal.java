package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/**
 * Normal numbers around 0 (MXNet: {@code mx.init.Normal}, default sigma 0.01).
 *
 * @param sigma standard deviation
 */
public record Normal(double sigma) implements Initializer {
  public Normal() {
    this(0.01);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    return random.normal(Math.toIntExact(shape.size()), 0, sigma);
  }

  @Override
  public String spec() {
    return "[\"normal\", {\"sigma\": " + sigma + "}]";
  }
}
