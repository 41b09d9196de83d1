package io.gluonj.graph;

import java.util.HashMap;
import java.util.Map;

/** How often values are read. */
final class Uses {
  private Uses() {}

  /** The number of readers of each value that has any; a result or update counts as two. */
  static Map<Value, Integer> of(Graph graph) {
    var uses = new HashMap<Value, Integer>();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Apply apply) {
        apply.inputs().forEach(v -> uses.merge(v, 1, Integer::sum));
      }
    }
    graph.outputs().forEach(v -> uses.merge(v, 2, Integer::sum));
    graph.updates().values().forEach(v -> uses.merge(v, 2, Integer::sum));
    return uses;
  }
}
