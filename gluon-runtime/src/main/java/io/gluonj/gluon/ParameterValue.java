package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.AutogradException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.NotInitializedException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The arrays of one parameter, one for each device, and how they come to be. */
final class ParameterValue {
  /**
   * How a parameter has been used since the last step, for the message about a missing gradient.
   */
  enum Use {
    NONE,
    OUTSIDE_RECORD,
    RECORDED
  }

  /**
   * An initialization that waits for the shape.
   *
   * @param random drawn from when it was asked for, so that values do not depend on when it ends
   */
  private record Deferred(Initializer initializer, List<Device> devices, Generator random) {}

  private final Parameter parameter;
  private volatile Map<Device, NDArray> data = Map.of();
  private volatile @Nullable Deferred deferred;
  private volatile Use use = Use.NONE;

  ParameterValue(Parameter parameter) {
    this.parameter = parameter;
  }

  boolean isInitialized() {
    return !data.isEmpty();
  }

  boolean isDeferred() {
    return deferred != null;
  }

  synchronized boolean initialize(Initializer initializer, List<Device> devices, boolean force) {
    if (isInitialized() && !force) {
      return false;
    }
    Initializer own = parameter.init();
    Generator.Key key = Generator.standard().next();
    Generator random = new Generator(key.seed() * 0x9E3779B97F4A7C15L + key.call());
    deferred = new Deferred(own != null ? own : initializer, devices, random);
    finish();
    return true;
  }

  /** Ends a deferred initialization if the shape is known by now. */
  private void finish() {
    Deferred pending = deferred;
    Shape shape = parameter.shape();
    if (pending == null || !shape.isKnown()) {
      return;
    }
    float[] values = pending.initializer().values(shape, pending.random());
    Device first = pending.devices().getFirst();
    var type = new TensorType(shape, DType.FLOAT32);
    try (NDArray array = own(() -> NDArray.of(values, type.shape(), first))) {
      place(array, pending.devices());
    }
  }

  /** Puts a copy of the values on each device. */
  synchronized void place(NDArray values, List<Device> devices) {
    Map<Device, NDArray> placed = new LinkedHashMap<>();
    for (Device device : devices) {
      placed.put(device, copy(values, device));
    }
    Map<Device, NDArray> before = data;
    data = placed;
    deferred = null;
    attach();
    before.values().forEach(ParameterValue::free);
  }

  private static void free(NDArray array) {
    if (array.hasGrad()) {
      array.grad().close();
    }
    array.close();
  }

  /** The values in the parameter's type, on a device, in an array of their own. */
  private NDArray copy(NDArray values, Device device) {
    return own(() -> {
      if (values.dtype() == parameter.dtype()) {
        return values.device().equals(device) ? values.detach() : values.copyTo(device);
      }
      try (NDArray cast = values.cast(parameter.dtype())) {
        return cast.device().equals(device) ? cast.detach() : cast.copyTo(device);
      }
    });
  }

  /** Makes arrays that belong to no scope and no recorded computation. */
  private static <T> T own(Supplier<T> action) {
    try (var _ = Autograd.pause()) {
      return TensorScope.outside(action);
    }
  }

  /** Lets the arrays collect gradients as the parameter wants it. */
  synchronized void attach() {
    GradReq request = parameter.gradReq();
    for (NDArray array : data.values()) {
      if (array.hasGrad()) {
        array.grad().close();
      }
      array.attachGrad(request);
    }
  }

  synchronized void refine(Shape given) {
    Shape both = parameter.shape().unify(given);
    if (both == null) {
      throw new ShapeException(
          "parameter "
              + parameter.path()
              + ": shape "
              + given
              + " was given, its shape is "
              + parameter.shape(),
          "only unknown extents (printed as 0) can be filled",
          "check the size of the input, or declare the parameter with this shape");
    }
    parameter.store(both);
    finish();
  }

  NDArray data() {
    Map<Device, NDArray> present = data;
    if (present.size() == 1) {
      return present.values().iterator().next();
    }
    if (present.isEmpty()) {
      throw missing();
    }
    throw new DeviceException(
        "data() of parameter " + parameter.path() + ", which lies on " + present.keySet(),
        "it has values on several devices",
        "say which: data(device)");
  }

  NDArray data(Device device) {
    Map<Device, NDArray> present = data;
    NDArray array = present.get(device);
    if (array != null) {
      return array;
    }
    if (present.isEmpty()) {
      throw missing();
    }
    throw new DeviceException(
        "parameter " + parameter.path() + " was needed on " + device,
        "it was initialized on " + present.keySet(),
        "move the input to that device, or call resetDevice(" + device + ") on the block");
  }

  /** The values for a forward pass. */
  NDArray fetch(Device device) {
    NDArray array = data(device);
    Use now = Autograd.isRecording() ? Use.RECORDED : Use.OUTSIDE_RECORD;
    if (now.compareTo(use) > 0) {
      use = now;
    }
    return array;
  }

  Use use() {
    return use;
  }

  void forgetUse() {
    use = Use.NONE;
  }

  private NotInitializedException missing() {
    if (deferred != null) {
      return new NotInitializedException(
          "parameter " + parameter.path() + " was read; its shape is " + parameter.shape(),
          "its initialization waits for the first input, which determines the extents printed as 0",
          "call the block once, state the extent, or pass input shapes:"
              + " initialize(init, device, Shape.of(...))");
    }
    return new NotInitializedException(
        "parameter " + parameter.path() + " was read before it had values",
        "it has not been initialized",
        "call initialize() on the block first; a block added after that needs its own call");
  }

  NDArray grad(NDArray array) {
    if (!array.hasGrad()) {
      throw new AutogradException(
          "the gradient of parameter " + parameter.path() + " was read",
          "its gradReq is NULL, so none is kept",
          "set gradReq(GradReq.WRITE) before the forward pass");
    }
    return array.grad();
  }

  synchronized void set(NDArray values) {
    if (isInitialized()) {
      refine(values.shape());
      for (NDArray array : data.values()) {
        try (NDArray copy = copy(values, array.device())) {
          array.set(copy);
        }
      }
      return;
    }
    Deferred pending = deferred;
    if (pending == null) {
      throw missing();
    }
    deferred = null;
    try {
      refine(values.shape());
    } finally {
      deferred = pending;
    }
    place(values, pending.devices());
  }

  /**
   * Takes values from a file; their shape and type have been checked.
   *
   * @param target where they are to lie; null for where they are, or were to be
   */
  synchronized void load(NDArray values, @Nullable Device target) {
    Deferred pending = deferred;
    List<Device> present = List.copyOf(data.keySet());
    List<Device> devices =
        target != null
            ? List.of(target)
            : !present.isEmpty()
                ? present
                : pending != null ? pending.devices() : List.of(values.device());
    deferred = null;
    if (devices.equals(present)) {
      set(values);
    } else {
      refine(values.shape());
      place(values, devices);
    }
  }

  /** The values on the first of the devices. */
  NDArray any() {
    return data.isEmpty() ? data() : data.values().iterator().next();
  }

  synchronized void zeroGrad() {
    for (NDArray array : data.values()) {
      if (array.hasGrad()) {
        try (NDArray zeros = own(() -> NDArray.full(0, array.type(), array.device()))) {
          array.grad().set(zeros);
        }
      }
    }
  }

  List<Device> devices() {
    Deferred pending = deferred;
    if (!isInitialized() && pending == null) {
      throw missing();
    }
    return pending != null ? pending.devices() : List.copyOf(data.keySet());
  }

  synchronized void move(Device device) {
    Deferred pending = deferred;
    if (pending != null) {
      deferred = new Deferred(pending.initializer(), List.of(device), pending.random());
    } else if (isInitialized()) {
      place(data.values().iterator().next(), List.of(device));
    } else {
      throw missing();
    }
  }

  synchronized void cast(DType type) {
    if (isInitialized()) {
      place(data.values().iterator().next(), List.copyOf(data.keySet()));
    }
  }
}
