package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Parameters;
import io.gluonj.graph.Value;
import io.gluonj.op.Op;
import java.util.HashSet;
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
    Set<Integer> constant = Parameters.variables(graph);
    for (int id : constant) {
      variables.add(graph.inputs().indexOf(id));
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
          && Parameters.reads(node, constant)
          && stays(graph, id, node, wanted)) {
        constant.add(id);
        nodes.add(id);
      }
    }
    return new Constants(variables, nodes);
  }

  private static boolean stays(Graph graph, int id, Node.Apply node, Set<Value> wanted) {
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

  static boolean isAlias(Node.Apply node) {
    return node.op() instanceof Op.Structural s && s.alias();
  }

  /** Whether a value of the graph is a parameter or computed from parameters alone. */
  boolean contains(Graph graph, Value value) {
    return nodes.contains(value.node()) || variables.contains(graph.inputs().indexOf(value.node()));
  }
}
