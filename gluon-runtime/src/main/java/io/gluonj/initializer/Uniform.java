package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/**
 * Uniform numbers in [-scale, scale) (MXNet: {@code mx.init.Uniform}, default scale 0.07).
 *
 * @param scale bound of the magnitude
 */
public record Uniform(double scale) implements Initializer {
  public Uniform() {
    this(0.07);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    return random.uniform(Math.toIntExact(shape.size()), -scale, scale);
  }

  @Override
  public String spec() {
    return "[\"uniform\", {\"scale\": " + scale + "}]";
  }
}
