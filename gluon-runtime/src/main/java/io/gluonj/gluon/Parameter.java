package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A weight of a network: a named array that is trained, with its gradient. Its shape may have
 * unknown extents, which the first input of the block determines; until then its initialization is
 * deferred. Thread-safe.
 */
public final class Parameter {
  private final ParameterValue value = new ParameterValue(this);
  private final String fixedPrefix;
  private String shortName;
  private @Nullable Block owner;
  private boolean adoptable;
  private volatile Shape shape;
  private volatile DType dtype;
  private volatile GradReq gradReq;
  private volatile double lrMult;
  private volatile double wdMult;
  private volatile @Nullable Initializer init;
  private final boolean differentiable;
  private volatile @Nullable Variable variable;

  /** The symbol handed out, and what it was made from. */
  private record Variable(String name, TensorType type, Symbol symbol) {}

  private Parameter(String fixedPrefix, String shortName, @Nullable Block owner, ParamSpec spec) {
    this.fixedPrefix = fixedPrefix;
    this.shortName = shortName;
    this.owner = owner;
    this.shape = spec.extents();
    this.dtype = spec.elementType();
    this.gradReq = spec.gradient();
    this.lrMult = spec.learningRateFactor();
    this.wdMult = spec.weightDecayFactor();
    this.init = spec.initializer();
    this.differentiable = spec.isDifferentiable();
  }

  /** A parameter on its own, float32. */
  public Parameter(String name, Shape shape) {
    this(name, ParamSpec.of(shape));
  }

  /** A parameter on its own. A block that registers it gives it its name. */
  public Parameter(String name, ParamSpec spec) {
    this("", name, null, spec);
    adoptable = true;
  }

  Parameter(String shortName, Block owner, ParamSpec spec) {
    this("", shortName, owner, spec);
  }

  static Parameter inDictionary(String prefix, String shortName, ParamSpec spec) {
    return new Parameter(prefix, shortName, null, spec);
  }

  /** A parameter with fixed values and without gradient (Gluon: {@code Constant}). */
  public static Parameter constant(String name, NDArray value) {
    Parameter parameter =
        new Parameter(name, ParamSpec.of(value.shape()).dtype(value.dtype()).notDifferentiable());
    parameter.value.place(value, List.of(value.device()));
    return parameter;
  }

  void adopt(String name, Block block) {
    if (adoptable) {
      adoptable = false;
      shortName = name;
      owner = block;
    }
  }

  // ------------------------------------------------------------------ what it is

  /** The full name: the prefix of its block and its own name, for example {@code dense0_weight}. */
  public String name() {
    Block block = owner;
    return block == null ? fixedPrefix + shortName : Names.parameterPrefix(block) + shortName;
  }

  /** The name within its block, for example {@code weight}. */
  public String shortName() {
    return shortName;
  }

  /** For messages: block path and name, for example {@code LeNet.conv1.weight}. */
  public String path() {
    Block block = owner;
    return block == null ? name() : Names.path(block) + "." + shortName;
  }

  /** The shape as far as it is known. */
  public Shape shape() {
    return shape;
  }

  /**
   * Fills unknown extents.
   *
   * @throws io.gluonj.types.ShapeException if a known extent or the rank differs
   */
  public void shape(Shape given) {
    value.refine(given);
  }

  void store(Shape refined) {
    shape = refined;
  }

  public DType dtype() {
    return dtype;
  }

  TensorType type() {
    return new TensorType(shape, dtype);
  }

  /** Factor on the trainer's learning rate. */
  public double lrMult() {
    return lrMult;
  }

  public void lrMult(double factor) {
    lrMult = factor;
  }

  /** Factor on the trainer's weight decay. */
  public double wdMult() {
    return wdMult;
  }

  public void wdMult(double factor) {
    wdMult = factor;
  }

  /** The parameter's own initializer, which wins over the network's; null if it has none. */
  public @Nullable Initializer init() {
    return init;
  }

  public void init(@Nullable Initializer initializer) {
    init = initializer;
  }

  /** Whether a gradient exists for it at all; running statistics have none. */
  public boolean isDifferentiable() {
    return differentiable;
  }

  public GradReq gradReq() {
    return gradReq;
  }

  /** Changes what backward does with the gradient; {@code NULL} frees its memory. */
  public void gradReq(GradReq request) {
    if (!differentiable && request != GradReq.NULL) {
      throw new InvalidArgumentException(
          path() + ": gradReq " + request + " was asked for",
          "the parameter is not differentiable",
          "leave it at NULL, or declare the parameter without notDifferentiable()");
    }
    if (request != gradReq) {
      gradReq = request;
      value.attach();
    }
  }

  /** Changes what backward does with the gradient: {@code write}, {@code add} or {@code null}. */
  public void gradReq(String request) {
    gradReq(ParamSpec.shape().gradReq(request).gradient());
  }

  /** The sharing rule of {@link ParameterDict#get}: what both sides say must agree. */
  void merge(ParamSpec spec) {
    Sharing.merge(this, spec);
  }

  // ------------------------------------------------------------------ values

  /** Initializes with Uniform(0.07), unless the parameter has its own initializer. */
  public void initialize(Device device) {
    initialize(new Uniform(0.07), device);
  }

  /**
   * Gives first values, or remembers to do so as soon as the shape is known. The parameter's own
   * initializer wins over the given one. A parameter that has values keeps them.
   */
  public void initialize(Initializer initializer, Device device) {
    initialize(initializer, device, false);
  }

  /**
   * Gives first values.
   *
   * @param forceReinit whether values that are there already are replaced
   * @return whether the parameter was initialized, or will be
   */
  public boolean initialize(Initializer initializer, Device device, boolean forceReinit) {
    return initialize(initializer, List.of(device), forceReinit);
  }

  /** Gives first values, the same on all devices. */
  public void initialize(Initializer initializer, List<Device> devices) {
    initialize(initializer, devices, false);
  }

  /**
   * Gives first values, the same on all devices.
   *
   * @param forceReinit whether values that are there already are replaced
   * @return whether the parameter was initialized, or will be
   */
  public boolean initialize(Initializer initializer, List<Device> devices, boolean forceReinit) {
    return value.initialize(initializer, devices, forceReinit);
  }

  /** Whether there are values. */
  public boolean isInitialized() {
    return value.isInitialized();
  }

  /** Whether the initialization waits for the shape. */
  public boolean isDeferred() {
    return value.isDeferred();
  }

  ParameterValue value() {
    return value;
  }

  /**
   * The values.
   *
   * @throws io.gluonj.types.NotInitializedException if there are none yet
   * @throws io.gluonj.types.DeviceException if they lie on several devices
   */
  public NDArray data() {
    return value.data();
  }

  /** The values on a device. */
  public NDArray data(Device device) {
    return value.data(device);
  }

  /** The values on all devices, in the order of {@link #listDevices}. */
  public List<NDArray> listData() {
    return value.all();
  }

  /** The gradient that the last backward left. */
  public NDArray grad() {
    return value.grad(data());
  }

  /** The gradient on a device. */
  public NDArray grad(Device device) {
    return value.grad(data(device));
  }

  /** The gradients on all devices, in the order of {@link #listDevices}. */
  public List<NDArray> listGrad() {
    return value.all().stream().map(value::grad).toList();
  }

  /**
   * Replaces the values on all devices. Before the initialization it also states the shape, and the
   * initialization will use these values.
   */
  public void setData(NDArray data) {
    value.set(data);
  }

  /** Sets the gradient to zero. */
  public void zeroGrad() {
    value.zeroGrad();
  }

  /** The devices that hold values. */
  public List<Device> listDevices() {
    return value.devices();
  }

  /** Moves the values to another device. */
  public void resetDevice(Device device) {
    resetDevice(List.of(device));
  }

  /**
   * Moves the values to other devices; values that differ between the present ones are averaged.
   */
  public void resetDevice(List<Device> devices) {
    value.move(devices);
  }

  /** Changes the element type; values are converted. */
  public void cast(DType type) {
    if (type != dtype) {
      dtype = type;
      value.cast();
    }
  }

  // ------------------------------------------------------------------ symbols

  /** The variable that stands for this parameter in graphs, the same one at each call. */
  public synchronized Symbol var() {
    Variable known = variable;
    String name = name();
    if (known == null || !known.name().equals(name) || !known.type().equals(type())) {
      known = new Variable(name, type(), freshVariable());
      variable = known;
    }
    return known.symbol();
  }

  /** A variable of its own for one trace. */
  Symbol freshVariable() {
    return Symbol.var(
        name(),
        type(),
        differentiable ? Symbol.Role.PARAMETER : Symbol.Role.AUXILIARY,
        Sharing.attributes(this));
  }

  /** {@code Parameter dense0_weight (shape=(10, 0), dtype=float32)}, as Gluon prints it. */
  @Override
  public String toString() {
    return "Parameter " + name() + " (shape=" + shape + ", dtype=" + dtype + ")";
  }
}
