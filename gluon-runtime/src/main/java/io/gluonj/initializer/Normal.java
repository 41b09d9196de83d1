package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Normal numbers of mean 0 and standard deviation {@code sigma}. */
public record Normal(double sigma) implements Initializer {
  public Normal {
    Values.requireScale("Normal", "sigma", sigma);
  }

  public Normal() {
    this(0.01);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    return random.normal(Values.count(shape), 0, sigma);
  }

  @Override
  public String spec() {
    return new Spec("normal").with("sigma", sigma).toString();
  }
}
