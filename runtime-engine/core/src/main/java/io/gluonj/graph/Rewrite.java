package io.gluonj.graph;

import io.gluonj.op.Op;
import io.gluonj.tensor.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rebuilds a graph node by node; passes say what becomes of each application. */
final class Rewrite {
  /** What becomes of application {@code id}, given its rebuilt inputs: all its outputs. */
  interface Rule {
    List<Symbol> apply(int id, Node.Apply node, List<Symbol> inputs);
  }

  private final Graph graph;
  private final Map<Value, Symbol> rebuilt = new HashMap<>();
  private final List<Symbol> variables = new ArrayList<>();

  /** Rebuilds all nodes by the rule, variables as they are. */
  Rewrite(Graph graph, Rule rule) {
    this.graph = graph;
    for (int i = 0; i < graph.nodes().size(); i++) {
      switch (graph.nodes().get(i)) {
        case Node.Variable v ->
            rebuilt.put(new Value(i, 0), Symbol.var(v.name(), v.type(), v.role(), v.attributes()));
        case Node.Apply a -> {
          var inputs = new ArrayList<Symbol>(a.inputs().size());
          for (Value input : a.inputs()) {
            inputs.add(symbol(input));
          }
          List<Symbol> outputs = rule.apply(i, a, List.copyOf(inputs));
          for (int k = 0; k < outputs.size(); k++) {
            rebuilt.put(new Value(i, k), outputs.get(k));
          }
        }
      }
    }
    for (int input : graph.inputs()) {
      variables.add(symbol(new Value(input, 0)));
    }
  }

  /** Rebuilds all nodes as they are. */
  Rewrite(Graph graph) {
    this(graph, (id, node, inputs) -> keep(graph, node, inputs));
  }

  /** The same application in the new graph; its types are those of the old one, if they fit. */
  static List<Symbol> keep(Graph graph, Node.Apply node, List<Symbol> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).type().equals(graph.type(node.inputs().get(i)))) {
        return keep(node, inputs);
      }
    }
    return Symbol.again(node.op(), node.name(), node.origin(), inputs, node.types());
  }

  /** The same operator in the new graph, on inputs of any types. */
  static List<Symbol> keep(Node.Apply node, List<Symbol> inputs) {
    return Symbol.apply(node.op(), node.name(), node.origin(), inputs);
  }

  /** Another operator at the place of a node. */
  static List<Symbol> replace(Node.Apply node, Op op, List<Symbol> inputs) {
    return Symbol.apply(op, node.name(), node.origin(), inputs);
  }

  /** The rebuilt form of a value of the old graph. */
  Symbol symbol(Value old) {
    Symbol symbol = rebuilt.get(old);
    if (symbol == null) {
      throw new IllegalStateException("the rule gave no output " + old);
    }
    return symbol;
  }

  /** The rebuilt variables in calling order. */
  List<Symbol> variables() {
    return variables;
  }

  /** The rebuilt updates. */
  Map<Symbol, Symbol> updates() {
    var updates = new LinkedHashMap<Symbol, Symbol>();
    graph.updates().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(u -> updates.put(symbol(new Value(u.getKey(), 0)), symbol(u.getValue())));
    return updates;
  }

  /** The rebuilt graph with the old one's outputs, and nothing they do not need. */
  Graph graph() {
    return Graph.of(variables, graph.outputs().stream().map(this::symbol).toList(), updates());
  }
}
