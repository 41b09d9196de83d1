package io.gluonj.gluon;

import io.gluonj.io.ParamsFile;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes and reads the parameters of a tree of blocks. */
final class ParameterFiles {
  private ParameterFiles() {}

  static void save(Block block, Path file) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    block.collectParams().structural().forEach((name, p) -> arrays.put(name, p.value().any()));
    ParamsFile.write(file, arrays);
  }

  static void load(Block block, Path file, LoadOptions options) {
    ParameterDict parameters = block.collectParams();
    Device device = options.device() != null ? options.device() : home(parameters);
    Map<String, NDArray> stored = TensorScope.outside(() -> ParamsFile.read(file, device));
    try {
      ParameterMatch match = ParameterMatch.of(parameters, stored);
      match.check(file, block.path(), options);
      match.found().forEach((key, p) -> p.value().load(stored(stored, key), options.device()));
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
