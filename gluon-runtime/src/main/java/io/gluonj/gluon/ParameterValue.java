package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Collectives;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.NotInitializedException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /** The values on one device. */
  private static final class Copy {
    private final NDArray array;
    private volatile Use use = Use.NONE;

    Copy(NDArray array) {
      this.array = array;
    }

    void free() {
      if (array.hasGrad()) {
        array.grad().close();
      }
      array.close();
    }
  }

  /**
   * An initialization that waits for the shape.
   *
   * @param random drawn from when it was asked for, so that values do not depend on when it ends
   */
  private record Deferred(Initializer initializer, List<Device> devices, Generator random) {}

  private final Parameter parameter;
  private volatile Map<Device, Copy> copies = Map.of();
  private volatile @Nullable Deferred deferred;

  ParameterValue(Parameter parameter) {
    this.parameter = parameter;
  }

  boolean isInitialized() {
    return !copies.isEmpty();
  }

  boolean isDeferred() {
    return deferred != null;
  }

  synchronized boolean initialize(Initializer initializer, List<Device> devices, boolean force) {
    List<Device> checked = distinct(devices);
    if (isInitialized() && !force) {
      return false;
    }
    Initializer own = parameter.init();
    Generator.Key key = Generator.standard().next();
    Generator random = new Generator(key.seed() * 0x9E3779B97F4A7C15L + key.call());
    deferred = new Deferred(own != null ? own : initializer, checked, random);
    finish();
    return true;
  }

  private List<Device> distinct(List<Device> devices) {
    if (devices.isEmpty() || devices.stream().distinct().count() < devices.size()) {
      throw new InvalidArgumentException(
          "parameter " + parameter.path() + " was to lie on " + devices,
          "it has one copy on each of its devices",
          "name at least one device, and each only once");
    }
    return List.copyOf(devices);
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
    try (NDArray array = owner().during(() -> own(() -> NDArray.of(values, shape, first)))) {
      place(array, pending.devices());
    }
  }

  /** Puts a copy of the values on each device. */
  synchronized void place(NDArray values, List<Device> devices) {
    place(devices, _ -> values);
  }

  private void place(List<Device> devices, Function<Device, NDArray> values) {
    Map<Device, Copy> placed = new LinkedHashMap<>();
    boolean done = false;
    try {
      for (Device device : devices) {
        Copy made = new Copy(copy(values.apply(device), device));
        placed.put(device, made);
        made.array.attachGrad(parameter.gradReq());
      }
      done = true;
    } finally {
      if (!done) {
        placed.values().forEach(Copy::free);
      }
    }
    Map<Device, Copy> before = copies;
    copies = placed;
    deferred = null;
    before.values().forEach(Copy::free);
  }

  /** The values in the parameter's type, on a device, in an array of their own. */
  private NDArray copy(NDArray values, Device device) {
    MemoryOwner owner = owner();
    NDArray made =
        owner.during(() ->
            own(() -> {
              if (values.dtype() == parameter.dtype()) {
                return values.device().equals(device) ? values.detach() : values.copyTo(device);
              }
              try (NDArray cast = values.cast(parameter.dtype())) {
                return cast.device().equals(device) ? cast.detach() : cast.copyTo(device);
              }
            }));
    return made.ownedBy(owner);
  }

  private MemoryOwner owner() {
    return new MemoryOwner(MemoryOwner.Kind.PARAMETER, parameter.path());
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
    for (Copy copy : copies.values()) {
      if (copy.array.hasGrad()) {
        copy.array.grad().close();
      }
      copy.array.attachGrad(request);
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
    Map<Device, Copy> present = copies;
    if (present.size() == 1) {
      return present.values().iterator().next().array;
    }
    if (present.isEmpty()) {
      throw missing();
    }
    throw new DeviceException(
        "parameter " + parameter.path() + " was read without a device",
        "it has values on several devices, " + present.keySet(),
        "say which: data(device) or grad(device); or take all: listData(), listGrad()");
  }

  NDArray data(Device device) {
    return on(device).array;
  }

  private Copy on(Device device) {
    Copy copy = copies.get(device);
    return copy != null ? copy : awaited(device);
  }

  /** Waits for another thread that may just be ending a deferred initialization. */
  private synchronized Copy awaited(Device device) {
    Map<Device, Copy> present = copies;
    Copy copy = present.get(device);
    if (copy != null) {
      return copy;
    }
    if (present.isEmpty()) {
      throw missing();
    }
    throw new DeviceException(
        "parameter " + parameter.path() + " was needed on " + device,
        "it was initialized on " + present.keySet(),
        "move the input to that device, or call resetDevice(" + device + ") on the block");
  }

  /** The values on all devices. */
  List<NDArray> all() {
    Map<Device, Copy> present = copies;
    if (present.isEmpty()) {
      throw missing();
    }
    return present.values().stream().map(c -> c.array).toList();
  }

  /** The values for a forward pass. */
  NDArray fetch(Device device) {
    Copy copy = on(device);
    Use now = Autograd.isRecording() ? Use.RECORDED : Use.OUTSIDE_RECORD;
    if (now.compareTo(copy.use) > 0) {
      copy.use = now;
    }
    return copy.array;
  }

  /** How the copy on a device has been used; {@link Use#NONE} where there is none. */
  Use use(Device device) {
    Copy copy = copies.get(device);
    return copy == null ? Use.NONE : copy.use;
  }

  void forgetUse() {
    copies.values().forEach(c -> c.use = Use.NONE);
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
      for (Copy each : copies.values()) {
        try (NDArray copy = copy(values, each.array.device())) {
          each.array.set(copy);
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
   * @param target where they are to lie; empty for where they are, or were to be
   */
  synchronized void load(NDArray values, List<Device> target) {
    Deferred pending = deferred;
    List<Device> present = List.copyOf(copies.keySet());
    List<Device> devices =
        !target.isEmpty()
            ? distinct(target)
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

  /**
   * One set of values for all devices, in an array of its own: the mean, as Gluon saves it. Copies
   * that are trained together are equal; running statistics differ.
   */
  NDArray mean(Device where) {
    return own(() -> Collectives.mean(all(), where));
  }

  synchronized void zeroGrad() {
    for (Copy copy : copies.values()) {
      NDArray array = copy.array;
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
    return pending != null ? pending.devices() : List.copyOf(copies.keySet());
  }

  synchronized void move(List<Device> devices) {
    List<Device> checked = distinct(devices);
    Deferred pending = deferred;
    if (pending != null) {
      deferred = new Deferred(pending.initializer(), checked, pending.random());
    } else if (isInitialized()) {
      try (NDArray values = mean(all().getFirst().device())) {
        place(values, checked);
      }
    } else {
      throw missing();
    }
  }

  /** Converts each copy to the parameter's type. */
  synchronized void cast() {
    if (isInitialized()) {
      place(List.copyOf(copies.keySet()), this::data);
    }
  }
}
