package io.gluonj.initializer;

import io.gluonj.registry.Registry;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The initializers that can be asked for by name or in MXNet's JSON form: {@code zeros}, {@code
 * ones}, {@code constant}, {@code uniform}, {@code normal}, {@code xavier}, {@code msraprelu},
 * {@code orthogonal}, {@code bilinear}, {@code lstmbias}, and what {@link #register} adds.
 */
public final class Initializers {
  /** Makes an initializer from its settings. */
  private interface Factory {
    Initializer make(Spec spec);
  }

  private static final Registry<Factory> ALL =
      new Registry<Factory>("initializer")
          .add(_ -> new Zero(), "zeros", "zero")
          .add(_ -> new One(), "ones", "one")
          .add(s -> new Constant(s.number("value")), "constant")
          .add(s -> new Uniform(s.number("scale", 0.07)), "uniform")
          .add(s -> new Normal(s.number("sigma", 0.01)), "normal")
          .add(
              s ->
                  new Xavier(
                      s.text("rnd_type", "uniform"),
                      s.text("factor_type", "avg"),
                      s.number("magnitude", 3)),
              "xavier")
          .add(
              s -> new MSRAPrelu(s.text("factor_type", "avg"), s.number("slope", 0.25)),
              "msraprelu")
          .add(s -> new Orthogonal(s.number("scale", 1.414), distribution(s)), "orthogonal")
          .add(_ -> new Bilinear(), "bilinear")
          .add(s -> new LstmBias(s.number("forget_bias", 1)), "lstmbias");

  private Initializers() {}

  private static Xavier.Distribution distribution(Spec spec) {
    String word = spec.text("rand_type", "uniform");
    return switch (word) {
      case "uniform" -> Xavier.Distribution.UNIFORM;
      case "normal" -> Xavier.Distribution.GAUSSIAN;
      default -> throw Registry.unknown("rand_type", word, List.of("uniform", "normal"));
    };
  }

  /**
   * The initializer that a name or a JSON form describes.
   *
   * @throws InvalidArgumentException if the name or a setting is unknown, or the form is malformed
   */
  public static Initializer of(String spec) {
    Spec parsed = Spec.parse(spec);
    Initializer made = ALL.find(parsed.name()).make(parsed);
    parsed.requireNoOther();
    return made;
  }

  /** Makes an own initializer known by name; it takes no settings. */
  public static void register(String name, Supplier<? extends Initializer> factory) {
    ALL.add(_ -> factory.get(), name);
  }

  /** All names, sorted. */
  public static List<String> names() {
    return ALL.names();
  }
}
