package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.NameScope;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a neural network: parameters, child blocks, and a forward method that computes outputs
 * from inputs. The class is marked {@code @Block}; its members are registered when the block is
 * first used.
 *
 * <p>This class itself is imperative: its forward method runs each time it is called. {@link
 * HybridBlock} adds compilation.
 */
public abstract class Block {
  @SuppressWarnings("this-escape") // kept for later, not used before the constructor has ended
  private final Structure structure = new Structure(this);

  private final Names names = new Names();
  private final Hooks hooks = new Hooks();

  /** Makes a block. Nothing is registered yet, so a subclass may still set its fields. */
  protected Block() {}

  // ------------------------------------------------------------------ calling

  /**
   * Computes.
   *
   * @throws InvalidArgumentException if the number of inputs is wrong, or there are several outputs
   */
  public final NDArray call(NDArray... inputs) {
    return (NDArray) Calls.single(this, callAll(List.of(inputs)));
  }

  /** Adds the block's computation to the graph of its inputs. */
  public final Symbol call(Symbol... inputs) {
    return (Symbol) Calls.single(this, callAll(List.of(inputs)));
  }

  /** Computes or traces, as the inputs are arrays or symbols. */
  public final Tensor call(Tensor... inputs) {
    return Calls.single(this, callAll(List.of(inputs)));
  }

  /** As {@link #call}, for any number of outputs. */
  public final List<Tensor> callAll(List<? extends Tensor> inputs) {
    structure.bind();
    List<Tensor> given = List.copyOf(inputs);
    Calls.check(this, given);
    return Calls.run(this, given);
  }

  /** Runs or compiles; called with checked inputs, all of one kind. */
  List<Tensor> dispatch(List<Tensor> inputs) {
    return forward(inputs);
  }

  /** Calls the forward method, with the block's parameters beside the inputs. */
  @SuppressWarnings("unchecked") // a definition is registered for the class or a superclass of it
  final List<Tensor> forward(List<Tensor> inputs) {
    var definition = (BlockDefinition<Block>) definition();
    try (var _ = NameScope.open(Names.prefix(this), Names.path(this))) {
      return definition.forward(this, inputs, Calls.params(this, inputs));
    }
  }

  final BlockDefinition<?> definition() {
    return BlockDefinitions.of(getClass());
  }

  // ------------------------------------------------------------------ names

  /** What this block's default name is made of; by default as its definition says. */
  protected String hint() {
    return definition().hint();
  }

  /** The prefix without the underscore at its end, for example {@code lenet0}. */
  public final String name() {
    String prefix = prefix();
    return prefix.endsWith("_") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /** What the names of all parameters and nodes of this block begin with. */
  public final String prefix() {
    return Names.prefix(this);
  }

  /**
   * Fixes this block's part of the prefix, in place of the hint and a number. Empty makes the block
   * transparent: its children are named as if they were its parent's.
   */
  public Block prefix(String own) {
    names.explicit(own);
    return this;
  }

  /** Structural path for messages, for example {@code LeNet.conv1}. */
  public final String path() {
    return Names.path(this);
  }

  /**
   * Starts the numbers of top-level names ({@code dense0}, {@code dense1}, …) anew for this thread:
   * for tests and for programs that build the same net twice under the same names.
   */
  public static void restartNames() {
    Names.restart();
  }

  // ------------------------------------------------------------------ members

  /** The children by structural name, in the order of registration. */
  public final Map<String, Block> children() {
    structure.bind();
    return Collections.unmodifiableMap(structure.children());
  }

  /** Registers a child under its number. */
  public void registerChild(Block child) {
    registerChild(Integer.toString(structure.children().size()), child);
  }

  /** Registers a child under a structural name. */
  public void registerChild(String name, Block child) {
    structure.child(name, child);
  }

  /** Refuses a child that this kind of block cannot hold. */
  void checkChild(String name, Block child) {}

  /** Something below has changed: what was derived from it is forgotten. */
  void changed() {
    structure.parents().forEach(Block::changed);
  }

  /**
   * Uses the parameters of a dictionary where it has them under the names this block would give,
   * its prefix replaced by the dictionary's. To be called before the first use.
   */
  public Block shareParams(ParameterDict params) {
    checkUnbound("shareParams");
    structure.share(params);
    Names.changed();
    return this;
  }

  /**
   * Refuses a setting that comes too late.
   *
   * @param setting the method that was called
   */
  protected final void checkUnbound(String setting) {
    if (structure.isBound()) {
      throw new InvalidArgumentException(
          setting + " was called on " + path() + " after its first use",
          "its parameters and children have been registered already",
          "call it right after the constructor");
    }
  }

  /** This block's own parameters, without its children's. */
  public final ParameterDict params() {
    structure.bind();
    return Collecting.own(this);
  }

  /** The parameters of this block and all below it. */
  public final ParameterDict collectParams() {
    return Collecting.all(this, p -> true);
  }

  /**
   * The parameters whose full name begins with a match of a regular expression (Python's {@code
   * re.match}).
   */
  public final ParameterDict collectParams(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Collecting.all(this, p -> pattern.matcher(p.name()).lookingAt());
  }

  /** The parameters that pass a test. */
  public final ParameterDict collectParams(Predicate<Parameter> select) {
    return Collecting.all(this, select);
  }

  // ------------------------------------------------------------------ initialization

  /** Initializes all parameters with Uniform(0.07) on the CPU. */
  public final void initialize() {
    initialize(new Uniform());
  }

  /** Initializes all parameters on the CPU. */
  public final void initialize(Initializer initializer) {
    initialize(initializer, Device.cpu());
  }

  /** Initializes all parameters; those of unknown shape when the first input comes. */
  public final void initialize(Initializer initializer, Device device) {
    initialize(initializer, device, false);
  }

  /** Initializes all parameters; with {@code forceReinit} also those that have values. */
  public final void initialize(Initializer initializer, Device device, boolean forceReinit) {
    collectParams().initialize(initializer, device, forceReinit);
  }

  /** Initializes all parameters, with the same values on all devices. */
  public final void initialize(Initializer initializer, List<Device> devices) {
    initialize(initializer, devices, false);
  }

  /** Initializes all parameters; with {@code forceReinit} also those that have values. */
  public final void initialize(Initializer initializer, List<Device> devices, boolean forceReinit) {
    collectParams().initialize(initializer, devices, forceReinit);
  }

  /**
   * Initializes all parameters now, for inputs of the given shapes. Nothing is computed: the shapes
   * are inferred. Parameters that the forward method never uses are reported.
   */
  public final void initialize(Initializer initializer, Device device, Shape... inputShapes) {
    initialize(initializer, List.of(device), inputShapes);
  }

  /** As {@link #initialize(Initializer, Device, Shape...)}, on several devices. */
  public final void initialize(
      Initializer initializer, List<Device> devices, Shape... inputShapes) {
    initialize(initializer, devices);
    Trace.infer(this, Trace.float32(inputShapes)).reportUnused();
  }

  // ------------------------------------------------------------------ for the whole tree

  /** Compiles the hybrid blocks below. */
  public final void hybridize() {
    hybridize(true);
  }

  /** Switches compilation on or off; of an imperative block, for its children. */
  public void hybridize(boolean active) {
    children().values().forEach(c -> c.hybridize(active));
  }

  /**
   * Compiles the hybrid blocks below, with products in a type of half the size; parameters, and
   * what the blocks are given and return, stay as they are.
   */
  public void hybridize(Amp precision) {
    children().values().forEach(c -> c.hybridize(precision));
  }

  /** Converts all parameters to an element type, children first. */
  public void cast(DType type) {
    children().values().forEach(c -> c.cast(type));
    params().cast(type);
    changed();
  }

  /** Moves all parameters to a device. */
  public final void resetDevice(Device device) {
    collectParams().resetDevice(device);
  }

  /** Moves all parameters to devices; values that differ between the present ones are averaged. */
  public final void resetDevice(List<Device> devices) {
    collectParams().resetDevice(devices);
  }

  /** Sets all gradients to zero. */
  public final void zeroGrad() {
    collectParams().zeroGrad();
  }

  /** Runs an action on all blocks, children before their parents. */
  public final Block apply(Consumer<Block> action) {
    children().values().forEach(c -> c.apply(action));
    action.accept(this);
    return this;
  }

  /** Runs a hook before each call, until the handle is closed. */
  public final HookHandle registerForwardPreHook(ForwardPreHook hook) {
    return hooks.add(hook);
  }

  /**
   * Runs a hook after each call, until the handle is closed. While a block below a hybridized one
   * has hooks, the hybridized one runs uncompiled, so that they are called.
   */
  public final HookHandle registerForwardHook(ForwardHook hook) {
    return hooks.add(hook);
  }

  // ------------------------------------------------------------------ files and reports

  /** Writes all parameters under their structural names, in MXNet's format. */
  public final void saveParameters(Path file) {
    ParameterFiles.save(collectParams().structural(), file);
  }

  /** Reads all parameters; see {@link #loadParameters(Path, LoadOptions)}. */
  public final void loadParameters(Path file) {
    loadParameters(file, LoadOptions.strict());
  }

  /** Reads all parameters to a device; see {@link #loadParameters(Path, LoadOptions)}. */
  public final void loadParameters(Path file, Device device) {
    loadParameters(file, LoadOptions.strict().device(device));
  }

  /**
   * Reads parameters. Names in the file may be structural ({@code conv1.weight}), full ({@code
   * lenet0_conv0_weight}), or either with {@code arg:} or {@code aux:} before it. If the file does
   * not fit, nothing is changed.
   *
   * @throws InvalidArgumentException if it does not fit: a table of what is missing, unexpected,
   *     and of another shape
   */
  public final void loadParameters(Path file, LoadOptions options) {
    ParameterFiles.load(collectParams(), path(), file, options);
  }

  /** A table of all blocks: output shapes and numbers of parameters. Nothing is computed. */
  public final String summary(Shape... inputShapes) {
    return Summary.of(this, inputShapes);
  }

  /**
   * What stands in the brackets of this block's line in {@link #toString}; empty for a block that
   * is described by its children.
   */
  protected String arguments() {
    return "";
  }

  /** The tree of blocks, as Gluon prints it. */
  @Override
  public String toString() {
    return Summary.tree(this);
  }

  /** Identity, as for every object with a state. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  // ------------------------------------------------------------------ for this package

  final Structure structure() {
    return structure;
  }

  final Names names() {
    return names;
  }

  final Hooks hooks() {
    return hooks;
  }
}
