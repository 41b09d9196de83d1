package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/**
 * Uniform numbers in [-scale, scale). With the scale 0.07 this is what Gluon uses unless told
 * otherwise.
 */
public record Uniform(double scale) implements Initializer {
  public Uniform {
    Values.requireScale("Uniform", "scale", scale);
  }

  public Uniform() {
    this(0.07);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    return random.uniform(Values.count(shape), -scale, scale);
  }

  @Override
  public String spec() {
    return new Spec("uniform").with("scale", scale).toString();
  }
}
