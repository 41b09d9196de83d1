package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Computes the first values of a parameter. Immutable. */
public interface Initializer {
  /**
   * The values for a shape, in row-major order.
   *
   * @param shape known extents
   * @param random what the values are drawn from; an initializer that needs no randomness leaves it
   *     alone
   */
  float[] values(Shape shape, Generator random);

  /** MXNet's JSON form, for example {@code ["uniform", {"scale": 0.07}]}; {@link #of} reads it. */
  String spec();

  /**
   * Finds an initializer.
   *
   * @param spec a name such as {@code zeros}, {@code ones}, {@code uniform}, {@code xavier}, or the
   *     form that {@link #spec} gives
   */
  static Initializer of(String spec) {
    return Specs.read(spec);
  }
}
