package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.graph.Graph;
import io.gluonj.graph.MixedPrecision;
import io.gluonj.graph.Node;
import io.gluonj.types.ClosedException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A graph that can be called with arrays, differentiably. It is compiled when first called, once
 * for each combination of mode and inputs that need a gradient. An eager operator is a function of
 * one node, a hybridized block a function of many; both run through here. A graph in which shapes
 * depend on values is not compiled: its operators run one after another. Thread-safe.
 */
public final class CompiledFunction {
  private record Variant(boolean training, BitSet wrt, boolean watched) {}

  private final String name;
  private final Graph graph;
  private final Device device;
  private final boolean shared;
  private final Optional<DType> compute;
  private final List<Node.Variable> variables;
  private final @Nullable Stepwise stepwise;
  private final Map<Variant, FunctionPlan> plans = new ConcurrentHashMap<>();

  /**
   * Makes a function; nothing is compiled yet.
   *
   * @param name what messages and profiles call it
   * @param graph typed, but for what depends on values; composites are allowed
   */
  public CompiledFunction(String name, Graph graph, Device device) {
    this(name, graph, device, false, Optional.empty());
  }

  /**
   * Makes a function whose products are computed in a type of half the size of float32, where its
   * shapes do not depend on values; see {@link MixedPrecision}.
   *
   * @param compute {@code bfloat16} or {@code float16}
   */
  public CompiledFunction(String name, Graph graph, Device device, DType compute) {
    this(name, graph, device, false, Optional.of(MixedPrecision.checked(compute)));
  }

  /**
   * Makes a function.
   *
   * @param shared whether blocks other than the ones it was traced in may call it
   */
  CompiledFunction(String name, Graph graph, Device device, boolean shared) {
    this(name, graph, device, shared, Optional.empty());
  }

  private CompiledFunction(
      String name, Graph graph, Device device, boolean shared, Optional<DType> compute) {
    this.stepwise = Stepwise.of(name, graph).orElse(null);
    if (!(stepwise == null ? graph.isTyped() : stepwise.isTyped())) {
      throw new InvalidArgumentException(
          "a graph with unknown shapes was to be compiled:\n" + graph,
          "kernels and memory are planned for exact shapes",
          "give the variables shapes");
    }
    if (stepwise != null && compute.isPresent()) {
      throw new InvalidArgumentException(
          name + " was to be compiled in mixed precision",
          "shapes in it depend on values, so that its operators run one by one and no graph of it"
              + " is compiled",
          "call it without Amp, or move the operator that counts values out of the block");
    }
    this.name = name;
    this.graph = graph;
    this.device = device;
    this.shared = shared;
    this.compute = compute;
    this.variables =
        graph.variables().stream().filter(v -> v.role() != Symbol.Role.RANDOM).toList();
  }

  public Graph graph() {
    return graph;
  }

  public Device device() {
    return device;
  }

  /** Number of compilations so far; always 0 where shapes depend on values. */
  public int compilations() {
    return plans.size();
  }

  /**
   * Runs; records if {@link Autograd} is recording and an input is tracked. Variables that the
   * graph updates get their new values.
   *
   * @param inputs in the order of {@link Graph#inputs()}, without the random key
   */
  public List<NDArray> call(List<NDArray> inputs) {
    return List.of(call(inputs.toArray(NDArray[]::new)));
  }

  NDArray[] call(NDArray[] inputs) {
    check(inputs);
    if (stepwise != null) {
      return stepwise.call(List.of(inputs)).toArray(NDArray[]::new);
    }
    Autograd.State state = Autograd.state();
    BitSet wrt = new BitSet();
    if (state.recording()) {
      for (int i = 0; i < inputs.length; i++) {
        wrt.set(i, needsGradient(inputs[i]));
      }
    }
    return run(
        plan(new Variant(state.training(), wrt, state.watching())), inputs, state.training());
  }

  /** The inputs that need a gradient while this thread records; at most 64 inputs. */
  static long tracked(NDArray[] inputs) {
    long wrt = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (needsGradient(inputs[i])) {
        wrt |= 1L << i;
      }
    }
    return wrt;
  }

  private static boolean needsGradient(NDArray input) {
    return input.tracked() && input.dtype().isFloating();
  }

  /** The plan for a mode and a set of inputs that need a gradient. */
  FunctionPlan plan(boolean training, long wrt) {
    return plan(new Variant(training, BitSet.valueOf(new long[] {wrt}), false));
  }

  private FunctionPlan plan(Variant variant) {
    FunctionPlan known = plans.get(variant);
    return known != null
        ? known
        : plans.computeIfAbsent(
            variant,
            v ->
                new FunctionPlan.Compiler(name, device, shared, v.watched(), compute)
                    .compile(graph, v.training(), v.wrt()));
  }

  /** Runs a plan with inputs that were checked. */
  NDArray[] run(FunctionPlan plan, NDArray[] inputs, boolean training) {
    Storage[] arguments = new Storage[plan.random() ? inputs.length + 1 : inputs.length];
    int held = 0;
    try {
      for (NDArray input : inputs) {
        arguments[held] = acquire(held, input);
        held++;
      }
      if (plan.random()) {
        arguments[held] = key();
        held++;
      }
      return run(plan, inputs, arguments, training);
    } finally {
      for (int i = 0; i < held; i++) {
        arguments[i].release();
      }
    }
  }

  private Storage acquire(int i, NDArray input) {
    return acquire(name, variables.get(i).name(), input);
  }

  /** The storage of an input; an error about it names who asked and which input it is. */
  static Storage acquire(String function, String name, NDArray input) {
    try {
      return input.acquire();
    } catch (ClosedException e) {
      throw new ClosedException(
          function + ": input '" + name + "': " + e.what(), e.because(), e.fix(), e);
    }
  }

  private NDArray[] run(
      FunctionPlan plan, NDArray[] inputs, Storage[] arguments, boolean training) {
    String caller = NameScope.current().path();
    Storage[] results = plan.forward().run(arguments, caller, !plan.differentiable());
    List<TensorType> types = plan.outputTypes();
    NDArray[] outputs = new NDArray[types.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new NDArray(types.get(i), results[i]);
    }
    int kept = plan.kept();
    if (plan.differentiable()) {
      Storage[] saved = Arrays.copyOfRange(results, outputs.length, outputs.length + kept);
      TapeEntry.Edge[] edges = TapeEntry.Edge.of(inputs);
      var rule = new FunctionRule(name, plan, device, edges, saved, arguments, training, caller);
      TapeEntry.record(name, edges, outputs, rule);
    }
    List<Integer> updated = plan.updatedInputs();
    for (int i = 0; i < updated.size(); i++) {
      inputs[updated.get(i)].adopt(results[outputs.length + kept + i]);
    }
    return outputs;
  }

  private Storage key() {
    Generator.Key next = Generator.standard().next();
    return NewArrays.storage(
        MemorySegment.ofArray(new long[] {next.seed(), next.call()}),
        new TensorType(Shape.of(2), DType.INT64),
        device);
  }

  private void check(NDArray[] inputs) {
    if (inputs.length != variables.size()) {
      throw new InvalidArgumentException(
          name + " was called with " + inputs.length + " arrays",
          "it takes " + variables.size(),
          "pass one array for each variable of its graph");
    }
    for (int i = 0; i < inputs.length; i++) {
      NDArray input = inputs[i];
      if (!input.device().equals(device)) {
        throw foreign(name, i, input.device(), device);
      }
      if (!input.type().equals(variables.get(i).type())) {
        throw new InvalidArgumentException(
            name + ": input '" + variables.get(i).name() + "' has type " + input.type(),
            "it was compiled for " + variables.get(i).type(),
            "call the block, which compiles for every shape it meets");
      }
    }
  }

  static DeviceException foreign(String name, int input, Device found, Device expected) {
    return new DeviceException(
        name + ": input " + input + " lies on " + found + ", another one on " + expected,
        "all inputs of an operator lie on one device",
        "move it: array.to(Device)");
  }
}
