package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Fills with 0. By name: {@code zeros}. */
public record Zero() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    return Values.all(shape, 0);
  }

  /** The name alone, as Gluon's layers state it. */
  @Override
  public String spec() {
    return "zeros";
  }
}
