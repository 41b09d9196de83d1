package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.op.Op;
import io.gluonj.tensor.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a graph computes from its parameters alone, and so need not compute again until one of them
 * gets new values.
 *
 * @param variables positions of the parameters among the graph's inputs
 * @param nodes the applications; none of them makes a result, and none makes more than it reads
 */
record Constants(Set<Integer> variables, Set<Integer> nodes) {
  Constants {
    variables = Set.copyOf(variables);
    nodes = Set.copyOf(nodes);
  }

  /** None: everything is computed in each run. */
  static Constants none() {
    return new Constants(Set.of(), Set.of());
  }

  /** All there are. */
  static Constants of(Graph graph) {
    var variables = new HashSet<Integer>();
    var constant = new HashSet<Integer>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      int id = graph.inputs().get(i);
      if (isParameter(graph, id) && !graph.updates().containsKey(id)) {
        variables.add(i);
        constant.add(id);
      }
    }
    var wanted = new HashSet<>(graph.outputs());
    wanted.addAll(graph.updates().values());
    var nodes = new HashSet<Integer>();
    for (int id = graph.nodes().size() - 1; id >= 0; id--) {
      if (graph.nodes().get(id) instanceof Node.Apply node
          && isAlias(node)
          && wanted.contains(new Value(id, 0))) {
        wanted.add(node.inputs().getFirst());
      }
    }
    for (int id = 0; id < graph.nodes().size(); id++) {
      if (graph.nodes().get(id) instanceof Node.Apply node
          && node.inputs().stream().allMatch(v -> constant.contains(v.node()))
          && stays(graph, id, node, wanted)) {
        constant.add(id);
        nodes.add(id);
      }
    }
    return new Constants(variables, nodes);
  }

  private static boolean stays(Graph graph, int id, Node.Apply node, Set<Value> wanted) {
    if (node.inputs().isEmpty() || node.op() instanceof Op.Custom) {
      return false;
    }
    for (int k = 0; k < node.types().size(); k++) {
      if (wanted.contains(new Value(id, k))) {
        return false;
      }
    }
    long read = node.inputs().stream().mapToLong(v -> graph.type(v).bytes()).sum();
    return bytes(node) <= read;
  }

  private static long bytes(Node.Apply node) {
    return node.types().stream().mapToLong(t -> t.bytes()).sum();
  }

  private static boolean isParameter(Graph graph, int id) {
    return graph.nodes().get(id) instanceof Node.Variable v
        && List.of(Symbol.Role.PARAMETER, Symbol.Role.AUXILIARY).contains(v.role());
  }

  static boolean isAlias(Node.Apply node) {
    return node.op() instanceof Op.Structural s && s.alias();
  }

  /** Whether a value of the graph is a parameter or computed from parameters alone. */
  boolean contains(Graph graph, Value value) {
    return nodes.contains(value.node())
        || variables.contains(graph.inputs().indexOf(value.node()));
  }
}
