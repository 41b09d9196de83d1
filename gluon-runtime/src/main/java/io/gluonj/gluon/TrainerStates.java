package io.gluonj.gluon;

import io.gluonj.io.ParamsFile;
import io.gluonj.io.WholeFile;
import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an optimizer remembers of each parameter of a trainer, and its files. */
final class TrainerStates {
  private record State(List<NDArray> arrays, long count) {}

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Optimizer optimizer;
  private final Map<Parameter, State> states = new HashMap<>();

  TrainerStates(List<Parameter> parameters, Optimizer optimizer) {
    this.optimizer = optimizer;
    for (Parameter parameter : parameters) {
      String path = parameter.path();
      String name = path;
      for (int i = 1; this.parameters.containsKey(name); i++) {
        name = path + "#" + i;
      }
      this.parameters.put(name, parameter);
    }
  }

  void update(Parameter parameter, NDArray weight, double rescale) {
    State before = states.get(parameter);
    List<NDArray> arrays = before == null ? optimizer.createState(weight) : before.arrays();
    State now = new State(arrays, before == null ? 1 : before.count() + 1);
    states.put(parameter, now);
    optimizer.update(
        new Optimizer.Step(
            weight,
            parameter.grad(),
            arrays,
            now.count(),
            optimizer.learningRate() * parameter.lrMult(),
            optimizer.weightDecay() * parameter.wdMult(),
            rescale));
  }

  // ------------------------------------------------------------------ files

  void save(Path file) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    Map<String, StatesDocument.Entry> entries = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      State state = states.get(parameter);
      List<NDArray> kept = state == null ? List.of() : state.arrays();
      for (int i = 0; i < kept.size(); i++) {
        arrays.put(name + ":" + i, kept.get(i));
      }
      entries.put(name, new StatesDocument.Entry(state == null ? 0 : state.count(), kept.size()));
    });
    var document = new StatesDocument(optimizer.name(), optimizer.options(), entries);
    ParamsFile.write(file, arrays);
    WholeFile.writeText(numbers(file), document.toJson());
  }

  void load(Path file) {
    StatesDocument document = StatesDocument.read(numbers(file));
    if (!document.optimizer().equals(optimizer.name())) {
      throw misfit(
          file,
          "it holds states of " + document.optimizer() + ", the trainer uses " + optimizer.name());
    }
    if (!document.entries().keySet().equals(parameters.keySet())) {
      throw misfit(
          file,
          "it holds states of "
              + document.entries().keySet()
              + ", the trainer has "
              + parameters.keySet());
    }
    Map<Parameter, State> loaded = new HashMap<>();
    Map<String, NDArray> arrays = TensorScope.outside(() -> ParamsFile.read(file, device()));
    boolean done = false;
    try {
      document.entries().forEach((name, entry) -> put(file, name, entry, arrays, loaded));
      optimizer.options(document.options());
      done = true;
    } finally {
      arrays.values().forEach(NDArray::close);
      if (!done) {
        close(loaded);
      }
    }
    close(states);
    states.clear();
    states.putAll(loaded);
  }

  private void put(
      Path file,
      String name,
      StatesDocument.Entry entry,
      Map<String, NDArray> arrays,
      Map<Parameter, State> loaded) {
    Parameter parameter = parameters.get(name);
    if (parameter == null || entry.updates() == 0) {
      return;
    }
    NDArray weight = parameter.data();
    List<NDArray> kept = new ArrayList<>();
    loaded.put(parameter, new State(kept, entry.updates()));
    for (int i = 0; i < entry.arrays(); i++) {
      NDArray array = arrays.get(name + ":" + i);
      if (array == null || !array.type().equals(weight.type())) {
        throw misfit(
            file,
            "state %d of %s is %s, the parameter is %s"
                .formatted(i, name, array == null ? "missing" : array.type(), weight.type()));
      }
      kept.add(TensorScope.outside(() -> array.copyTo(weight.device())));
    }
  }

  private Device device() {
    return parameters.values().iterator().next().data().device();
  }

  private static void close(Map<Parameter, State> states) {
    states.values().forEach(s -> s.arrays().forEach(NDArray::close));
  }

  private static Path numbers(Path file) {
    return file.resolveSibling(file.getFileName() + ".json");
  }

  private static InvalidArgumentException misfit(Path file, String because) {
    return new InvalidArgumentException(
        "the trainer's states in " + file + " do not fit",
        because,
        "load them into a trainer made for the same net with the same optimizer; nothing has been"
            + " changed");
  }
}
