package io.gluonj.gluon;

import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Explains why parameters have no new gradient. */
final class StaleGradients {
  private static final int SHOWN = 7;

  /**
   * A parameter without a new gradient.
   *
   * @param devices where it has none, of several; empty if it has none at all
   */
  private record Stale(Parameter parameter, List<Device> devices) {
    String name() {
      return parameter.path()
          + (devices.isEmpty()
              ? ""
              : " on " + devices.stream().map(Device::toString).collect(Collectors.joining(", ")));
    }

    ParameterValue.Use use() {
      List<Device> places = devices.isEmpty() ? parameter.listDevices() : devices;
      return places.stream().map(parameter.value()::use).min(Enum::compareTo).orElseThrow();
    }
  }

  private StaleGradients() {}

  /**
   * Refuses parameters that have no new gradient on one of their devices.
   *
   * @throws InvalidArgumentException naming them, and why
   */
  static void check(List<Parameter> trained) {
    List<Stale> stale = new ArrayList<>();
    for (Parameter parameter : trained) {
      List<Device> devices = parameter.listDevices();
      List<Device> without =
          devices.stream()
              .filter(d -> parameter.isDeferred() || !parameter.data(d).hasFreshGrad(false))
              .toList();
      if (!without.isEmpty()) {
        stale.add(new Stale(parameter, devices.size() == 1 ? List.of() : without));
      }
    }
    if (!stale.isEmpty()) {
      throw error(stale, trained.size());
    }
  }

  private static InvalidArgumentException error(List<Stale> stale, int trained) {
    String what =
        "step: "
            + stale.size()
            + " of "
            + trained
            + " parameters have no new gradient: "
            + stale.stream().limit(SHOWN).map(Stale::name).collect(Collectors.joining(", "))
            + (stale.size() > SHOWN ? ", ..." : "");
    ParameterValue.Use use = stale.stream().map(Stale::use).min(Enum::compareTo).orElseThrow();
    boolean several = stale.stream().anyMatch(s -> !s.devices().isEmpty());
    return switch (use) {
      case NONE ->
          new InvalidArgumentException(
              what,
              unused(stale) + " not used by any forward pass since the last step",
              several
                  ? "call the net with a part of the batch on each device (Split.splitAndLoad), or"
                      + " call step(batchSize, true)"
                  : "use it in the forward method, leave it out of the trainer, set its gradReq to"
                      + " NULL, or call step(batchSize, true)");
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
              several
                  ? "call loss.backward() for the loss of each device before each step, or"
                      + " step(batchSize, true) to pass them over"
                  : "call loss.backward() before each step, or step(batchSize, true) to pass them"
                      + " over");
    };
  }

  private static String unused(List<Stale> stale) {
    List<String> names =
        stale.stream().filter(s -> s.use() == ParameterValue.Use.NONE).map(Stale::name).toList();
    return names.getFirst() + (names.size() == 1 ? " was" : " and others were");
  }
}
