package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Zeros (MXNet: {@code mx.init.Zero}). */
public record Zero() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    return new float[Math.toIntExact(shape.size())];
  }

  @Override
  public String spec() {
    return "[\"zero\", {}]";
  }
}
