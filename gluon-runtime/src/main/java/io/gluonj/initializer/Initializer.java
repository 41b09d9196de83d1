package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.Shape;

/** Decides the first values of a parameter. */
public interface Initializer {
  /**
   * Values for a parameter of the given, fully known shape, in row-major order. All randomness
   * comes from {@code random}.
   */
  float[] values(Shape shape, Generator random);

  /** MXNet's JSON form, {@code ["xavier", {"rnd_type": "uniform", …}]}: what symbol files store. */
  String spec();

  /**
   * The initializer of a name such as {@code xavier} or of a JSON form as {@link #spec} gives it.
   */
  static Initializer of(String spec) {
    return Initializers.of(spec);
  }
}
