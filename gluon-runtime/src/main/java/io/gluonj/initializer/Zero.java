package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Fills with 0. By name: {@code zeros}. */
public record Zero() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    return Values.all(shape, 0);
  }

  @Override
  public String spec() {
    return new Spec("zero").toString();
  }
}
