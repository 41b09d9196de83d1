package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.types.ClosedException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A graph that can be called with arrays, differentiably. It is compiled when first called, once
 * for each combination of mode and inputs that need a gradient. An eager operator is a function of
 * one node, a hybridized block a function of many; both run through here. A graph in which shapes
 * depend on values is not compiled: its operators run one after another. Thread-safe.
 */
public final class CompiledFunction {
  private record Variant(boolean training, BitSet wrt) {}

  private final String name;
  private final Graph graph;
  private final Device device;
  private final boolean shared;
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
    this(name, graph, device, false);
  }

  /**
   * Makes a function.
   *
   * @param shared whether blocks other than the ones it was traced in may call it
   */
  CompiledFunction(String name, Graph graph, Device device, boolean shared) {
    this.stepwise = Stepwise.of(name, graph).orElse(null);
    if (!(stepwise == null ? graph.isTyped() : stepwise.isTyped())) {
      throw new InvalidArgumentException(
          "a graph with unknown shapes was to be compiled:\n" + graph,
          "kernels and memory are planned for exact shapes",
          "give the variables shapes");
    }
    this.name = name;
    this.graph = graph;
    this.device = device;
    this.shared = shared;
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
    check(inputs);
    if (stepwise != null) {
      return stepwise.call(inputs);
    }
    BitSet wrt = new BitSet();
    if (Autograd.isRecording()) {
      for (int i = 0; i < inputs.size(); i++) {
        wrt.set(i, inputs.get(i).tracked() && inputs.get(i).dtype().isFloating());
      }
    }
    boolean training = Autograd.isTraining();
    FunctionPlan plan =
        plans.computeIfAbsent(
            new Variant(training, wrt),
            v ->
                new FunctionPlan.Compiler(name, device, shared)
                    .compile(graph, v.training(), v.wrt()));
    NDArray key = plan.random() ? key() : null;
    var storages = new ArrayList<Storage>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        storages.add(acquire(i, inputs.get(i)));
      }
      if (key != null) {
        storages.add(key.acquire());
      }
      return run(plan, inputs, storages, training);
    } finally {
      storages.forEach(Storage::release);
      if (key != null) {
        key.close();
      }
    }
  }

  private Storage acquire(int i, NDArray input) {
    try {
      return input.acquire();
    } catch (ClosedException e) {
      throw new ClosedException(
          name + ": input '" + variables.get(i).name() + "': " + e.what(), e.because(), e.fix(), e);
    }
  }

  private List<NDArray> run(
      FunctionPlan plan, List<NDArray> inputs, List<Storage> storages, boolean training) {
    String caller = NameScope.current().path();
    List<Storage> results = plan.forward().run(storages, caller);
    var outputs = new ArrayList<NDArray>();
    for (int i = 0; i < plan.outputs(); i++) {
      outputs.add(new NDArray(graph.type(graph.outputs().get(i)), results.get(i)));
    }
    int kept = plan.kept();
    List<Storage> saved = results.subList(plan.outputs(), plan.outputs() + kept);
    if (plan.differentiable()) {
      var rule = new FunctionRule(name, plan, device, inputs, saved, storages, training, caller);
      TapeEntry entry = new TapeEntry(name, inputs, rule);
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).recordedAs(entry, i);
      }
    } else {
      saved.forEach(Storage::release);
    }
    List<Integer> updated = plan.updatedInputs();
    for (int i = 0; i < updated.size(); i++) {
      inputs.get(updated.get(i)).adopt(results.get(plan.outputs() + kept + i));
    }
    return outputs;
  }

  private NDArray key() {
    Generator.Key next = Generator.standard().next();
    return TensorScope.outside(() ->
        NDArray.of(
            MemorySegment.ofArray(new long[] {next.seed(), next.call()}),
            new TensorType(Shape.of(2), DType.INT64),
            device));
  }

  private void check(List<NDArray> inputs) {
    if (inputs.size() != variables.size()) {
      throw new InvalidArgumentException(
          name + " was called with " + inputs.size() + " arrays",
          "it takes " + variables.size(),
          "pass one array for each variable of its graph");
    }
    for (int i = 0; i < inputs.size(); i++) {
      NDArray input = inputs.get(i);
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
