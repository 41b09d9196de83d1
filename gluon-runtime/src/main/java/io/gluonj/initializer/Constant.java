package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Fills with one value. */
public record Constant(double value) implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    return Values.all(shape, (float) value);
  }

  @Override
  public String spec() {
    return new Spec("constant").with("value", value).toString();
  }
}
