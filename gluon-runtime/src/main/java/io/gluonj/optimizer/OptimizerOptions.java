package io.gluonj.optimizer;

import io.gluonj.text.Spelling;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Optimizers by name and options by MXNet's keywords. */
final class OptimizerOptions {
  private static final List<String> NAMES = List.of("sgd", "adam");

  private OptimizerOptions() {}

  static Optimizer read(String name, Map<String, ?> options) {
    Optimizer optimizer =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "sgd" -> new Sgd();
          case "adam" -> new Adam();
          default ->
              throw new InvalidArgumentException(
                  "optimizer '" + name + "' was asked for",
                  "there is none of this name",
                  Spelling.didYouMean(name, NAMES, "use one of " + String.join(", ", NAMES)));
        };
    optimizer.options(options);
    return optimizer;
  }

  /** Sets all options or none. */
  static void set(String name, Map<String, Optimizer.Setting> known, Map<String, ?> options) {
    options.forEach((option, value) -> check(name, known, option, value));
    options.forEach((option, value) -> {
      Optimizer.Setting setting = known.get(option);
      if (setting != null && value instanceof Number number) {
        setting.set().accept(number.doubleValue());
      }
    });
  }

  private static void check(
      String name, Map<String, Optimizer.Setting> known, String option, Object value) {
    if (!known.containsKey(option)) {
      throw new InvalidArgumentException(
          "optimizer " + name + " was given the option '" + option + "'",
          "its options are " + String.join(", ", known.keySet()),
          Spelling.didYouMean(option, known.keySet(), "leave it out"));
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      throw new InvalidArgumentException(
          "optimizer " + name + ": option " + option + " = " + value,
          "it is a finite number",
          "pass for example 0.1");
    }
  }
}
