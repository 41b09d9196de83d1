package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Fills with 1. By name: {@code ones}. */
public record One() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    return Values.all(shape, 1);
  }

  @Override
  public String spec() {
    return new Spec("one").toString();
  }
}
