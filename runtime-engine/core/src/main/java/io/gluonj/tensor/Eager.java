package io.gluonj.tensor;

import io.gluonj.graph.Graph;
import io.gluonj.op.Infer;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Operators on arrays: each is compiled as a graph of one node and kept, so that eager and compiled
 * execution share one path. Calls made before find their plan in a table of two-way sets, without a
 * lock and without making a key.
 */
final class Eager {
  private record Key(Op op, List<TensorType> types, Device device) {}

  /** A call that was made before: all that its plan was chosen by, and the plan. */
  private record Known(
      Op op,
      List<TensorType> types,
      Device device,
      boolean training,
      long wrt,
      CompiledFunction function,
      FunctionPlan plan) {
    boolean fits(Op called, NDArray[] inputs, boolean inTraining, long needed) {
      if (training != inTraining
          || wrt != needed
          || types.size() != inputs.length
          || op.getClass() != called.getClass()
          || !op.equals(called)) {
        return false;
      }
      for (int i = 0; i < types.size(); i++) {
        NDArray input = inputs[i];
        TensorType type = types.get(i);
        if (!type.equals(input.type()) || !device.equals(input.device())) {
          return false;
        }
      }
      return true;
    }
  }

  /** Kept functions; beyond this many distinct calls the cache starts anew. */
  private static final int CAPACITY = 8192;

  private static final Map<Key, CompiledFunction> FUNCTIONS = new ConcurrentHashMap<>();

  /** Read and written without a lock: entries are immutable, and a lost one is found again. */
  private static final @Nullable Known[] KNOWN = new @Nullable Known[4096];

  private Eager() {}

  /** Computes an operator's visible outputs. */
  static NDArray[] call(Op op, NDArray... inputs) {
    Autograd.State state = Autograd.state();
    if (inputs.length == 0 || inputs.length > Long.SIZE || state.watching()) {
      return op instanceof Op.Dynamic dynamic
          ? run(dynamic, inputs)
          : function(op, inputs).call(inputs);
    }
    long wrt = state.recording() ? CompiledFunction.tracked(inputs) : 0;
    int slot = slot(op, inputs, state.training(), wrt);
    Known known = KNOWN[slot];
    if (known == null || !known.fits(op, inputs, state.training(), wrt)) {
      known = KNOWN[slot ^ 1];
      if (known == null || !known.fits(op, inputs, state.training(), wrt)) {
        if (op instanceof Op.Dynamic dynamic) {
          return run(dynamic, inputs);
        }
        known = find(op, inputs, state.training(), wrt);
        KNOWN[slot ^ 1] = KNOWN[slot];
        KNOWN[slot] = known;
      }
    }
    return known.function().run(known.plan(), inputs, state.training());
  }

  private static NDArray[] run(Op.Dynamic op, NDArray[] inputs) {
    device(op, inputs);
    Infer.outputs(op, Origin.here().toString(), types(inputs));
    List<String> names = op.schema().inputNames(op, inputs.length);
    for (int i = 0; i < inputs.length; i++) { // lest an operator it runs is named instead
      CompiledFunction.acquire(op.schema().name(), names.get(i), inputs[i]).release();
    }
    return op.run(List.of(inputs)).toArray(NDArray[]::new);
  }

  private static int slot(Op op, NDArray[] inputs, boolean training, long wrt) {
    int hash = 31 * op.getClass().hashCode() + op.hashCode();
    for (NDArray input : inputs) {
      TensorType type = input.type();
      hash = 31 * (31 * hash + type.shape().hashCode()) + type.dtype().hashCode();
    }
    hash = 31 * hash + Long.hashCode(wrt) + (training ? 1 : 0);
    return (hash ^ hash >>> 12 ^ hash >>> 24) & (KNOWN.length - 1);
  }

  private static Known find(Op op, NDArray[] inputs, boolean training, long wrt) {
    CompiledFunction function = function(op, inputs);
    return new Known(
        op,
        types(inputs),
        function.device(),
        training,
        wrt,
        function,
        function.plan(training, wrt));
  }

  private static CompiledFunction function(Op op, NDArray[] inputs) {
    Device device = device(op, inputs);
    Key key = new Key(op, types(inputs), device);
    CompiledFunction function = FUNCTIONS.get(key);
    if (function == null) {
      if (FUNCTIONS.size() >= CAPACITY) {
        FUNCTIONS.clear();
        Arrays.fill(KNOWN, null);
      }
      function = FUNCTIONS.computeIfAbsent(key, Eager::compile);
    }
    return function;
  }

  private static CompiledFunction compile(Key key) {
    var variables = new ArrayList<Symbol>();
    List<String> names = key.op().schema().inputNames(key.op(), key.types().size());
    for (int i = 0; i < key.types().size(); i++) {
      String name = i < names.size() ? names.get(i) : "input" + i;
      variables.add(Symbol.var(name, key.types().get(i), Symbol.Role.DATA, Map.of()));
    }
    List<Symbol> outputs = Symbol.apply(key.op(), "", Origin.here(), variables);
    Graph graph = Graph.of(variables, outputs.subList(0, key.op().visibleOutputs()));
    if (!graph.isTyped()) {
      throw new Infer(key.op(), () -> "", key.types(), List.of())
          .error(
              "the shape of a result is not known",
              "an extent of -1 stands for one to be inferred, and nothing determines it here",
              "state every extent in the attributes");
    }
    return new CompiledFunction(key.op().schema().name(), graph, key.device(), true);
  }

  private static List<TensorType> types(NDArray[] inputs) {
    return Arrays.stream(inputs).map(NDArray::type).toList();
  }

  private static Device device(Op op, NDArray[] inputs) {
    Device device = inputs.length == 0 ? Device.cpu() : inputs[0].device();
    for (int i = 1; i < inputs.length; i++) {
      if (!inputs[i].device().equals(device)) {
        throw CompiledFunction.foreign(op.schema().name(), i, inputs[i].device(), device);
      }
    }
    return device;
  }
}
