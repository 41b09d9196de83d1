package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;
import java.util.Arrays;

/** Ones (MXNet: {@code mx.init.One}). */
public record One() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    float[] values = new float[Math.toIntExact(shape.size())];
    Arrays.fill(values, 1);
    return values;
  }

  @Override
  public String spec() {
    return "[\"one\", {}]";
  }
}
