package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.GradReq;
import io.gluonj.text.Spelling;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parameters by name, in order. Full names are keys ({@code net0_dense0_weight}); {@link #get}
 * takes the short name and puts the dictionary's prefix before it.
 */
public final class ParameterDict implements Iterable<Parameter> {
  private final String prefix;
  private final @Nullable ParameterDict shared;
  private final @Nullable Block owner;
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final Map<String, Parameter> byPath = new LinkedHashMap<>();

  ParameterDict(String prefix, @Nullable ParameterDict shared, @Nullable Block owner) {
    this.prefix = prefix;
    this.shared = shared;
    this.owner = owner;
  }

  /** An empty dictionary without prefix. */
  public ParameterDict() {
    this("");
  }

  /** An empty dictionary. */
  public ParameterDict(String prefix) {
    this(prefix, null, null);
  }

  /** An empty dictionary that looks into another one before it makes a parameter. */
  public ParameterDict(String prefix, ParameterDict shared) {
    this(prefix, shared, null);
  }

  public String prefix() {
    return prefix;
  }

  // ------------------------------------------------------------------ look-up

  /** The parameter {@code prefix + name}, made with an unknown shape if it does not exist. */
  public Parameter get(String name) {
    Parameter found = find(prefix + name);
    return found != null
        ? adopt(found)
        : create(name, ParamSpec.of(io.gluonj.types.Shape.unknown()));
  }

  /**
   * The parameter {@code prefix + name}: one of this dictionary's, else of the shared dictionary,
   * else a new one.
   *
   * @throws InvalidArgumentException if it exists and is not what {@code spec} says
   */
  public Parameter get(String name, ParamSpec spec) {
    Parameter found = find(prefix + name);
    if (found == null) {
      return create(name, spec);
    }
    found.merge(spec);
    return adopt(found);
  }

  private Parameter adopt(Parameter found) {
    byName.putIfAbsent(found.name(), found);
    return found;
  }

  private Parameter create(String name, ParamSpec spec) {
    Block block = owner;
    Parameter made =
        block == null
            ? Parameter.inDictionary(prefix, name, spec)
            : block.structure().param(name, null, spec);
    byName.put(made.name(), made);
    return made;
  }

  /**
   * The parameter with a full name, such as {@code dense0_weight}, or a structural one, such as
   * {@code 0.weight}.
   *
   * @throws InvalidArgumentException if there is none, with the nearest names
   */
  public Parameter at(String name) {
    Parameter found = find(name);
    if (found == null) {
      found = byPath.get(name);
    }
    if (found == null) {
      var names = new ArrayList<>(byName.keySet());
      names.addAll(byPath.keySet());
      throw new InvalidArgumentException(
          "parameter '" + name + "' was asked for",
          "this dictionary of " + size() + " parameters has none of that name",
          Spelling.didYouMean(name, names, "print the dictionary to see the names"));
    }
    return found;
  }

  /** The parameter with a full name, also of the shared dictionary; null if there is none. */
  @Nullable Parameter find(String fullName) {
    Parameter own = byName.get(fullName);
    return own != null || shared == null ? own : shared.find(fullName);
  }

  public boolean contains(String fullName) {
    return byName.containsKey(fullName);
  }

  /** Full names in order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Structural names in order; a shared parameter occurs under each of its paths. */
  public Map<String, Parameter> structural() {
    return Collections.unmodifiableMap(byPath);
  }

  /** The names for files: structural ones, or full ones if this is no block's dictionary. */
  Map<String, Parameter> paths() {
    return byPath.isEmpty() ? byName : byPath;
  }

  public Collection<Parameter> values() {
    return Collections.unmodifiableCollection(byName.values());
  }

  public int size() {
    return byName.size();
  }

  @Override
  public Iterator<Parameter> iterator() {
    return values().iterator();
  }

  /**
   * Adds all parameters of another dictionary.
   *
   * @throws InvalidArgumentException if a name stands for different parameters
   */
  public void update(ParameterDict other) {
    other.byName.forEach(this::add);
    other.byPath.forEach(byPath::putIfAbsent);
  }

  void add(String name, Parameter parameter) {
    Parameter before = byName.putIfAbsent(name, parameter);
    if (before != null && before != parameter) {
      throw new InvalidArgumentException(
          "two parameters are named " + name + ": " + before.path() + " and " + parameter.path(),
          "a name in a dictionary stands for one parameter",
          "give one of the blocks a prefix of its own: prefix(\"name_\")");
    }
  }

  void add(String path, String name, Parameter parameter) {
    add(name, parameter);
    byPath.put(path, parameter);
  }

  // ------------------------------------------------------------------ for all parameters

  /** Initializes all with Uniform(0.07) on the CPU. */
  public void initialize() {
    initialize(new Uniform(0.07), Device.cpu());
  }

  /** Initializes all that have no values yet. */
  public void initialize(Initializer initializer, Device device) {
    initialize(initializer, device, false);
  }

  /** Initializes all; with {@code forceReinit} also those that have values. */
  public void initialize(Initializer initializer, Device device, boolean forceReinit) {
    initialize(initializer, List.of(device), forceReinit);
  }

  /** Initializes all that have no values yet, with the same values on all devices. */
  public void initialize(Initializer initializer, List<Device> devices) {
    initialize(initializer, devices, false);
  }

  /** Initializes all; with {@code forceReinit} also those that have values. */
  public void initialize(Initializer initializer, List<Device> devices, boolean forceReinit) {
    List<String> kept = new ArrayList<>();
    for (Parameter parameter : this) {
      if (!parameter.initialize(initializer, devices, forceReinit)) {
        kept.add(parameter.name());
      }
    }
    if (!kept.isEmpty()) {
      System.getLogger("io.gluonj.gluon")
          .log(
              System.Logger.Level.WARNING,
              kept.size()
                  + " parameters have values and keep them: "
                  + String.join(", ", kept.subList(0, Math.min(7, kept.size())))
                  + (kept.size() > 7 ? ", ..." : "")
                  + "; pass forceReinit = true to replace them");
    }
  }

  /** Sets all gradients to zero. */
  public void zeroGrad() {
    byName.values().forEach(Parameter::zeroGrad);
  }

  /** Moves all values to a device. */
  public void resetDevice(Device device) {
    resetDevice(List.of(device));
  }

  /** Moves all values to devices; values that differ between the present ones are averaged. */
  public void resetDevice(List<Device> devices) {
    byName.values().forEach(p -> p.resetDevice(devices));
  }

  /** All devices that hold values of a parameter. */
  public List<Device> listDevices() {
    return byName.values().stream().flatMap(p -> p.listDevices().stream()).distinct().toList();
  }

  /** Changes what backward does with the gradients of all differentiable parameters. */
  public void gradReq(GradReq request) {
    byName.values().stream().filter(Parameter::isDifferentiable).forEach(p -> p.gradReq(request));
  }

  /** Sets the factor on the learning rate of all. */
  public void lrMult(double factor) {
    byName.values().forEach(p -> p.lrMult(factor));
  }

  /** Sets the factor on the weight decay of all. */
  public void wdMult(double factor) {
    byName.values().forEach(p -> p.wdMult(factor));
  }

  /** Converts all to an element type. */
  public void cast(DType type) {
    byName.values().forEach(p -> p.cast(type));
  }

  // ------------------------------------------------------------------ files

  /** Writes all values under their full names, in MXNet's format. */
  public void save(Path file) {
    ParameterFiles.save(byName, file);
  }

  /** Reads all values; see {@link #load(Path, LoadOptions)}. */
  public void load(Path file) {
    load(file, LoadOptions.strict());
  }

  /**
   * Reads values. If the file does not fit, nothing is changed.
   *
   * @throws InvalidArgumentException if it does not fit: a table of what is missing, unexpected,
   *     and of another shape
   */
  public void load(Path file, LoadOptions options) {
    ParameterFiles.load(this, "the dictionary '" + prefix + "'", file, options);
  }

  /** One parameter a line in brackets after the prefix, as Gluon prints it. */
  @Override
  public String toString() {
    return (prefix.isEmpty() ? "" : prefix + " ")
        + "(\n"
        + byName.values().stream().map(p -> "  " + p).collect(Collectors.joining("\n"))
        + "\n)";
  }
}
