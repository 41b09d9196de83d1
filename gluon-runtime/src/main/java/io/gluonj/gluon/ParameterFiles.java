package io.gluonj.gluon;

import io.gluonj.io.ParamsFile;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads the values of parameters. */
final class ParameterFiles {
  private ParameterFiles() {}

  static void save(Map<String, Parameter> parameters, Path file) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    try {
      parameters.forEach((name, p) -> arrays.put(name, stored(p)));
      ParamsFile.write(file, arrays);
    } finally {
      arrays.values().forEach(NDArray::close);
    }
  }

  /** What a file holds of a parameter, in an array of its own: the mean of all devices. */
  static NDArray stored(Parameter parameter) {
    List<Device> devices = parameter.listDevices();
    return parameter.value().mean(devices.size() == 1 ? devices.getFirst() : Device.reference());
  }

  /**
   * Reads values.
   *
   * @param what what messages call the owner of the parameters
   */
  static void load(ParameterDict parameters, String what, Path file, LoadOptions options) {
    Device device = options.devices().isEmpty() ? home(parameters) : options.devices().getFirst();
    Map<String, NDArray> stored = TensorScope.outside(() -> ParamsFile.read(file, device));
    try {
      ParameterMatch match = ParameterMatch.of(parameters, stored);
      match.check(file, what, options);
      match.found().forEach((key, p) -> p.value().load(stored(stored, key), options.devices()));
    } finally {
      stored.values().forEach(NDArray::close);
    }
  }

  private static NDArray stored(Map<String, NDArray> stored, String key) {
    NDArray array = stored.get(key);
    if (array == null) {
      throw new IllegalStateException(key + " was matched but not stored");
    }
    return array;
  }

  /** Where the parameters are already, or are to be. */
  private static Device home(ParameterDict parameters) {
    return parameters.values().stream()
        .filter(p -> p.isInitialized() || p.isDeferred())
        .map(p -> p.listDevices().getFirst())
        .findFirst()
        .orElseGet(Device::cpu);
  }
}
