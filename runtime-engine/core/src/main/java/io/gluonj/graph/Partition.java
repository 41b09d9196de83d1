package io.gluonj.graph;

import io.gluonj.tensor.Symbol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a {@link Differentiate.Joint} graph into what runs now and what runs when the gradient of
 * the outputs is known. Only what the second part reads is kept in between.
 *
 * @param forward variables as in the differentiated graph; outputs: its outputs, then the kept
 *     values
 * @param outputs number of outputs of the differentiated graph
 * @param backward variables: the kept values, then one head gradient for each output; outputs: the
 *     gradients
 * @param gradients for each variable asked for, the position of its gradient among the outputs of
 *     {@code backward}, or -1
 */
public record Partition(Graph forward, int outputs, Graph backward, List<Integer> gradients) {

  /**
   * Cuts.
   *
   * @param joint its graph may have been rewritten, as long as outputs and variables kept their
   *     order
   */
  public static Partition of(Differentiate.Joint joint) {
    Graph graph = joint.graph();
    List<Value> results = graph.outputs().subList(0, joint.outputs());
    List<Value> grads = graph.outputs().subList(joint.outputs(), graph.outputs().size());
    var firstRoots = new ArrayList<>(results);
    firstRoots.addAll(graph.updates().values());
    Set<Integer> first = reachable(graph, firstRoots);
    Set<Integer> second = reachable(graph, grads);
    second.removeAll(first);
    second.removeIf(id -> graph.nodes().get(id) instanceof Node.Variable);

    Set<Value> kept = new LinkedHashSet<>();
    for (int id : second.stream().sorted().toList()) {
      ((Node.Apply) graph.nodes().get(id))
          .inputs().stream()
              .filter(v -> !second.contains(v.node()) && !isHead(graph, v))
              .forEach(kept::add);
    }
    grads.stream().filter(v -> !second.contains(v.node()) && !isHead(graph, v)).forEach(kept::add);
    return new Partition(
        forward(graph, results, kept),
        joint.outputs(),
        backward(graph, second, kept, grads),
        joint.gradients().stream().map(g -> g < 0 ? -1 : g - joint.outputs()).toList());
  }

  private static boolean isHead(Graph graph, Value value) {
    return graph.node(value) instanceof Node.Variable v && v.role() == Symbol.Role.HEAD_GRADIENT;
  }

  private static Set<Integer> reachable(Graph graph, List<Value> from) {
    var found = new HashSet<Integer>();
    from.forEach(v -> found.add(v.node()));
    for (int id = graph.nodes().size() - 1; id >= 0; id--) {
      if (found.contains(id) && graph.nodes().get(id) instanceof Node.Apply node) {
        node.inputs().forEach(v -> found.add(v.node()));
      }
    }
    return found;
  }

  private static Graph forward(Graph graph, List<Value> results, Set<Value> kept) {
    Rewrite all = new Rewrite(graph);
    var outputs = new ArrayList<Symbol>();
    results.forEach(v -> outputs.add(all.symbol(v)));
    kept.forEach(v -> outputs.add(all.symbol(v)));
    List<Symbol> variables =
        all.variables().stream().filter(v -> v.node().role() != Symbol.Role.HEAD_GRADIENT).toList();
    return Graph.of(variables, outputs, all.updates());
  }

  private static Graph backward(
      Graph graph, Set<Integer> second, Set<Value> kept, List<Value> grads) {
    var symbols = new java.util.HashMap<Value, Symbol>();
    var variables = new ArrayList<Symbol>();
    for (Value value : kept) {
      Symbol saved =
          Symbol.var("saved" + variables.size(), graph.type(value), Symbol.Role.SAVED, Map.of());
      symbols.put(value, saved);
      variables.add(saved);
    }
    for (int input : graph.inputs()) {
      if (isHead(graph, new Value(input, 0))) {
        Node.Variable head = (Node.Variable) graph.nodes().get(input);
        Symbol variable = Symbol.var(head.name(), head.type(), head.role(), Map.of());
        symbols.put(new Value(input, 0), variable);
        variables.add(variable);
      }
    }
    for (int id : second.stream().sorted().toList()) {
      Node.Apply node = (Node.Apply) graph.nodes().get(id);
      List<Symbol> outputs =
          Rewrite.keep(graph, node, node.inputs().stream().map(symbols::get).toList());
      for (int k = 0; k < outputs.size(); k++) {
        symbols.put(new Value(id, k), outputs.get(k));
      }
    }
    return Graph.of(variables, grads.stream().map(symbols::get).toList(), Map.of());
  }
}
