package io.gluonj.gluon;

import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import java.util.stream.Collectors;

/** Explains why parameters have no new gradient. */
final class StaleGradients {
  private static final int SHOWN = 7;

  private StaleGradients() {}

  static InvalidArgumentException error(List<Parameter> stale, int trained) {
    String names =
        stale.stream().limit(SHOWN).map(Parameter::path).collect(Collectors.joining(", "));
    String what =
        "step: "
            + stale.size()
            + " of "
            + trained
            + " parameters have no new gradient: "
            + names
            + (stale.size() > SHOWN ? ", ..." : "");
    ParameterValue.Use use =
        stale.stream().map(p -> p.value().use()).min(Enum::compareTo).orElseThrow();
    return switch (use) {
      case NONE ->
          new InvalidArgumentException(
              what,
              unused(stale) + " not used by any forward pass since the last step",
              "use it in the forward method, leave it out of the trainer, set its gradReq to NULL,"
                  + " or call step(batchSize, true)");
      case OUTSIDE_RECORD ->
          new InvalidArgumentException(
              what,
              "they were used only outside Autograd.record(), where nothing is remembered",
              "compute the loss inside try (var tape = Autograd.record()) {...}");
      case RECORDED ->
          new InvalidArgumentException(
              what,
              "they were used inside Autograd.record(), but no gradient came back: backward() was"
                  + " not called, or the loss does not depend on them (detach(), another output)",
              "call loss.backward() before each step, or step(batchSize, true) to pass them over");
    };
  }

  private static String unused(List<Parameter> stale) {
    List<String> names =
        stale.stream()
            .filter(p -> p.value().use() == ParameterValue.Use.NONE)
            .map(Parameter::path)
            .toList();
    return names.getFirst() + (names.size() == 1 ? " was" : " and others were");
  }
}
