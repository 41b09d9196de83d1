package io.gluonj.tensor;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.op.Op;
import io.gluonj.op.UnaryMath;
import io.gluonj.types.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a graph in which shapes depend on values: one operator after another, each as if it had been
 * called on arrays, and recorded like that.
 */
final class Stepwise {
  private static final System.Logger LOG = System.getLogger(Stepwise.class.getName());
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private final String name;
  private final Graph graph;

  private Stepwise(String name, Graph graph) {
    this.name = name;
    this.graph = graph;
  }

  /** How to run a graph that has a {@link Op.Dynamic}; empty if it has none and can be compiled. */
  static Optional<Stepwise> of(String name, Graph graph) {
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Apply apply && apply.op() instanceof Op.Dynamic op) {
        report(name, op.schema().name());
        return Optional.of(new Stepwise(name, graph));
      }
    }
    return Optional.empty();
  }

  private static void report(String name, String operator) {
    if (REPORTED.add(name + " " + operator)) {
      LOG.log(
          System.Logger.Level.INFO,
          name
              + " is not compiled but runs operator by operator: the shape of what "
              + operator
              + " makes depends on values");
    }
  }

  /** Whether everything is known that a caller has to give. */
  boolean isTyped() {
    return graph.variables().stream().allMatch(v -> v.type().shape().isKnown());
  }

  List<NDArray> call(List<NDArray> inputs) {
    Map<Value, NDArray> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(new Value(graph.inputs().get(i), 0), inputs.get(i));
    }
    Set<NDArray> given = new HashSet<>(inputs);
    try (TensorScope scope = TensorScope.open()) {
      for (int i = 0; i < graph.nodes().size(); i++) {
        if (graph.nodes().get(i) instanceof Node.Apply node) {
          step(i, node, values);
        }
      }
      var outputs = new ArrayList<NDArray>();
      for (Value output : graph.outputs()) {
        NDArray value = value(values, output);
        // what is returned twice, or was passed in, has an owner already
        NDArray own = given.add(value) ? value : (NDArray) Ops.call(new UnaryMath.Copy(), value);
        outputs.add(scope.keep(own));
      }
      return outputs;
    }
  }

  private void step(int id, Node.Apply node, Map<Value, NDArray> values) {
    List<NDArray> in = node.inputs().stream().map(v -> value(values, v)).toList();
    NDArray[] out = Eager.call(node.op(), in.toArray(NDArray[]::new));
    for (int k = 0; k < out.length; k++) {
      values.put(new Value(id, k), out[k]);
    }
    // the array itself has the new value by now
    node.op()
        .updates()
        .forEach((input, output) -> values.put(new Value(id, output), in.get(input)));
  }

  private NDArray value(Map<Value, NDArray> values, Value of) {
    NDArray found = values.get(of);
    if (found == null) {
      throw new UnsupportedOpException(
          name + ": output " + of.output() + " of '" + graph.node(of).name() + "' was to be read",
          "this graph runs operator by operator, where hidden outputs do not exist",
          "compute the value by an operator of its own");
    }
    return found;
  }
}
