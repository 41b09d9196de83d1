package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Fills with 1. By name: {@code ones}. */
public record One() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    return Values.all(shape, 1);
  }

  /** The name alone, as Gluon's layers state it. */
  @Override
  public String spec() {
    return "ones";
  }
}
