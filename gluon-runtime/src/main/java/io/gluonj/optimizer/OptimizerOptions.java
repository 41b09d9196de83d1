package io.gluonj.optimizer;

import io.gluonj.text.Spelling;
import io.gluonj.types.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Optimizers by name and options by MXNet's keywords. */
final class OptimizerOptions {
  private static final List<String> NAMES = List.of("sgd", "adam");

  private OptimizerOptions() {}

  static Optimizer read(String name, Map<String, ?> options) {
    Map<String, DoubleConsumer> known = new LinkedHashMap<>();
    Optimizer optimizer =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "sgd" -> sgd(known);
          case "adam" -> adam(known);
          default ->
              throw new InvalidArgumentException(
                  "optimizer '" + name + "' was asked for",
                  "there is none of this name",
                  Spelling.didYouMean(name, NAMES, "use one of " + String.join(", ", NAMES)));
        };
    known.put("learning_rate", optimizer::learningRate);
    known.put("wd", optimizer::weightDecay);
    known.put("clip_gradient", optimizer::clipGradient);
    options.forEach((option, value) -> set(name, known, option, value));
    return optimizer;
  }

  private static Sgd sgd(Map<String, DoubleConsumer> known) {
    Sgd sgd = new Sgd();
    known.put("momentum", sgd::momentum);
    return sgd;
  }

  private static Adam adam(Map<String, DoubleConsumer> known) {
    Adam adam = new Adam();
    known.put("beta1", b -> adam.betas(b, adam.beta2()));
    known.put("beta2", b -> adam.betas(adam.beta1(), b));
    known.put("epsilon", adam::epsilon);
    return adam;
  }

  private static void set(
      String name, Map<String, DoubleConsumer> known, String option, Object value) {
    DoubleConsumer setter = known.get(option);
    if (setter == null) {
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
    setter.accept(number.doubleValue());
  }
}
