package io.gluonj.gluon;

import io.gluonj.io.ParamsFile;
import io.gluonj.io.WholeFile;
import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.MemoryOwner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an optimizer remembers of each parameter of a trainer on each device, and its files. */
final class TrainerStates {
  private record State(List<NDArray> arrays, long count) {
    State on(Device device, MemoryOwner owner) {
      return new State(arrays.stream().map(a -> copy(a, device, owner)).toList(), count);
    }

    void close() {
      arrays.forEach(NDArray::close);
    }
  }

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Optimizer optimizer;
  private final Map<Parameter, Map<Device, State>> states = new HashMap<>();

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

  private static MemoryOwner owner(Parameter parameter) {
    return new MemoryOwner(MemoryOwner.Kind.STATE, parameter.path());
  }

  private static NDArray copy(NDArray array, Device device, MemoryOwner owner) {
    return owner.during(() -> TensorScope.outside(() -> array.copyTo(device))).ownedBy(owner);
  }

  /**
   * Lets a parameter that has moved take its states along. To be called before the updates of a
   * step, while the states of all its devices are at the same count.
   */
  void prepare(Parameter parameter) {
    Map<Device, State> known = states.get(parameter);
    if (known == null) {
      return;
    }
    List<Device> devices = parameter.listDevices();
    State first = known.values().iterator().next();
    for (Device device : devices) {
      known.computeIfAbsent(device, d -> first.on(d, owner(parameter)));
    }
    known
        .entrySet()
        .removeIf(e -> {
          boolean left = !devices.contains(e.getKey());
          if (left) {
            e.getValue().close();
          }
          return left;
        });
  }

  /** Updates a weight. */
  void update(Parameter parameter, NDArray weight, double rescale) {
    optimizer.update(next(parameter, weight, rescale));
    advance(parameter, weight.device());
  }

  /** The next update of a weight; {@link #advance} says that it has been made. */
  Optimizer.Step next(Parameter parameter, NDArray weight, double rescale) {
    State known =
        states
            .computeIfAbsent(parameter, p -> new LinkedHashMap<>())
            .computeIfAbsent(weight.device(), d -> new State(created(parameter, weight), 0));
    return new Optimizer.Step(
        weight,
        weight.grad(),
        known.arrays(),
        known.count() + 1,
        optimizer.learningRate() * parameter.lrMult(),
        optimizer.weightDecay() * parameter.wdMult(),
        rescale);
  }

  /** Counts an update of a parameter on a device. */
  void advance(Parameter parameter, Device device) {
    Map<Device, State> known = states.get(parameter);
    if (known != null) {
      known.computeIfPresent(device, (d, s) -> new State(s.arrays(), s.count() + 1));
    }
  }

  private List<NDArray> created(Parameter parameter, NDArray weight) {
    MemoryOwner owner = owner(parameter);
    List<NDArray> arrays = owner.during(() -> optimizer.createState(weight));
    arrays.forEach(a -> a.ownedBy(owner));
    return arrays;
  }

  // ------------------------------------------------------------------ files

  void save(Path file) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    Map<String, StatesDocument.Entry> entries = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      State state = first(parameter);
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

  /** The state on the first device that has one. */
  private @Nullable State first(Parameter parameter) {
    Map<Device, State> known = states.get(parameter);
    return known == null ? null : known.values().iterator().next();
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
    Map<Parameter, Map<Device, State>> loaded = new HashMap<>();
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
      Map<Parameter, Map<Device, State>> loaded) {
    Parameter parameter = parameters.get(name);
    if (parameter == null || entry.updates() == 0) {
      return;
    }
    List<NDArray> stored = new ArrayList<>();
    for (int i = 0; i < entry.arrays(); i++) {
      NDArray array = arrays.get(name + ":" + i);
      if (array == null || !array.type().equals(parameter.type())) {
        throw misfit(
            file,
            "state %d of %s is %s, the parameter is %s"
                .formatted(i, name, array == null ? "missing" : array.type(), parameter.type()));
      }
      stored.add(array);
    }
    Map<Device, State> copies = new LinkedHashMap<>();
    loaded.put(parameter, copies);
    for (NDArray weight : parameter.listData()) {
      Device device = weight.device();
      copies.put(device, new State(stored, entry.updates()).on(device, owner(parameter)));
    }
  }

  private Device device() {
    return parameters.values().iterator().next().listDevices().getFirst();
  }

  private static void close(Map<Parameter, Map<Device, State>> states) {
    states.values().forEach(s -> s.values().forEach(State::close));
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
