package io.gluonj.graph;

import io.gluonj.op.Op;
import io.gluonj.tensor.Symbol;
import java.util.HashSet;
import java.util.Set;

/** What a graph computes from its parameters alone. */
public final class Parameters {
  private Parameters() {}

  /** Positions of the nodes that are parameters which the graph leaves as they are. */
  public static Set<Integer> variables(Graph graph) {
    var found = new HashSet<Integer>();
    for (int id : graph.inputs()) {
      Value itself = new Value(id, 0);
      if (graph.nodes().get(id) instanceof Node.Variable v
          && (v.role() == Symbol.Role.PARAMETER || v.role() == Symbol.Role.AUXILIARY)
          && graph.updates().getOrDefault(id, itself).equals(itself)) {
        found.add(id);
      }
    }
    return found;
  }

  /** Those, and the applications that read nothing else. */
  static Set<Integer> dependents(Graph graph) {
    Set<Integer> found = variables(graph);
    for (int id = 0; id < graph.nodes().size(); id++) {
      if (graph.nodes().get(id) instanceof Node.Apply node && reads(node, found)) {
        found.add(id);
      }
    }
    return found;
  }

  /** Whether an application reads something, and only outputs of the given nodes. */
  public static boolean reads(Node.Apply node, Set<Integer> nodes) {
    return !node.inputs().isEmpty()
        && !(node.op() instanceof Op.Custom)
        && node.inputs().stream().allMatch(v -> nodes.contains(v.node()));
  }
}
