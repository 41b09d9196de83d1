package io.gluonj.optimizer;

import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers as arrays of rank 0, kept between steps: most of them are the same for all parameters and
 * from step to step. Thread-confined to the step that asks; the caller synchronizes.
 */
final class StepNumbers {
  private static final int CAPACITY = 64;

  private record Key(Device device, double value) {}

  private final Map<Key, NDArray> arrays = new LinkedHashMap<>(16, 0.75f, true);

  NDArray of(double value, Device device) {
    Key key = new Key(device, value);
    NDArray known = arrays.get(key);
    if (known != null) {
      return known;
    }
    if (arrays.size() >= CAPACITY) {
      Key oldest = arrays.keySet().iterator().next();
      NDArray evicted = arrays.remove(oldest);
      if (evicted != null) {
        evicted.close();
      }
    }
    NDArray made = TensorScope.outside(() -> NDArray.scalar(value, device));
    arrays.put(key, made);
    return made;
  }
}
