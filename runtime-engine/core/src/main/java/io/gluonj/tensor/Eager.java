package io.gluonj.tensor;

import io.gluonj.graph.Graph;
import io.gluonj.op.Infer;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Operators on arrays: each is compiled as a graph of one node and kept, so that eager and compiled
 * execution share one path.
 */
final class Eager {
  private record Key(Op op, List<TensorType> types, Device device) {}

  /** Kept functions; beyond this many distinct calls the cache starts anew. */
  private static final int CAPACITY = 8192;

  private static final Map<Key, CompiledFunction> FUNCTIONS = new ConcurrentHashMap<>();

  private Eager() {}

  static List<NDArray> call(Op op, List<NDArray> inputs) {
    Device device = device(op, inputs);
    List<TensorType> types = inputs.stream().map(NDArray::type).toList();
    if (op instanceof Op.Dynamic dynamic) {
      Infer.outputs(op, Origin.here().toString(), types);
      return dynamic.run(inputs).stream().map(NDArray.class::cast).toList();
    }
    Key key = new Key(op, types, device);
    CompiledFunction function = FUNCTIONS.get(key);
    if (function == null) {
      if (FUNCTIONS.size() >= CAPACITY) {
        FUNCTIONS.clear();
      }
      function = FUNCTIONS.computeIfAbsent(key, Eager::function);
    }
    return function.call(inputs);
  }

  private static CompiledFunction function(Key key) {
    var variables = new ArrayList<Symbol>();
    List<String> names = key.op().schema().inputNames(key.op(), key.types().size());
    for (int i = 0; i < key.types().size(); i++) {
      String name = i < names.size() ? names.get(i) : "input" + i;
      variables.add(Symbol.var(name, key.types().get(i), Symbol.Role.DATA, Map.of()));
    }
    List<Symbol> outputs = Symbol.apply(key.op(), "", Origin.here(), variables);
    Graph graph = Graph.of(variables, outputs.subList(0, key.op().visibleOutputs()));
    if (!graph.isTyped()) {
      throw new Infer(key.op(), "", key.types(), List.of())
          .error(
              "the shape of a result is not known",
              "an extent of -1 stands for one to be inferred, and nothing determines it here",
              "state every extent in the attributes");
    }
    return new CompiledFunction(key.op().schema().name(), graph, key.device(), true);
  }

  private static Device device(Op op, List<NDArray> inputs) {
    Device device = inputs.isEmpty() ? Device.cpu() : inputs.getFirst().device();
    for (int i = 1; i < inputs.size(); i++) {
      if (!inputs.get(i).device().equals(device)) {
        throw CompiledFunction.foreign(op.schema().name(), i, inputs.get(i).device(), device);
      }
    }
    return device;
  }
}
