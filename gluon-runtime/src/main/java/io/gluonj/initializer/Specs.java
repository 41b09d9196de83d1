package io.gluonj.initializer;

import io.gluonj.types.InvalidArgumentException;

/** Initializers by name. */
final class Specs {
  private Specs() {}

  static Initializer read(String spec) {
    return switch (spec) {
      case "zeros", "[\"zero\", {}]" -> new Zero();
      case "ones", "[\"one\", {}]" -> new One();
      case "uniform" -> new Uniform(0.07);
      case "normal" -> new Normal(0.01);
      default ->
          throw new InvalidArgumentException(
              "initializer '" + spec + "' was asked for",
              "there is none of this name",
              "use one of zeros, ones, uniform, normal");
    };
  }
}
