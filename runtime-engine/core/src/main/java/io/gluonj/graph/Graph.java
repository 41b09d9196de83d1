package io.gluonj.graph;

import io.gluonj.op.Op;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.SymbolNode;
import io.gluonj.types.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A computation: nodes in an order in which every node follows its inputs, the variables in calling
 * order, the outputs, and what becomes of variables that operators change.
 *
 * @param inputs positions of the variables in the order in which a caller passes them
 * @param updates variable position to its new value
 */
public record Graph(
    List<Node> nodes, List<Integer> inputs, List<Value> outputs, Map<Integer, Value> updates) {
  public Graph {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    updates = Map.copyOf(updates);
  }

  /**
   * Freezes what symbols describe. Nodes come in MXNet's order: depth first from the outputs,
   * inputs left to right. Variables changed by operators (running statistics) become {@link
   * #updates}; a variable changed twice is read by the second operator as the first left it.
   *
   * @param inputs the variables in calling order; unused ones are kept, and variables that are
   *     reached but not listed follow in the order of their discovery
   */
  public static Graph of(List<Symbol> inputs, List<Symbol> outputs) {
    return new Freezer().freeze(inputs, outputs, Map.of());
  }

  /** As {@link #of(List, List)}, with the updates stated, for passes that rebuild a graph. */
  static Graph of(List<Symbol> inputs, List<Symbol> outputs, Map<Symbol, Symbol> updates) {
    return new Freezer().freeze(inputs, outputs, updates);
  }

  public Node node(Value value) {
    return nodes.get(value.node());
  }

  public TensorType type(Value value) {
    return node(value).types().get(value.output());
  }

  /** The variables in calling order. */
  public List<Node.Variable> variables() {
    return inputs.stream().map(i -> (Node.Variable) nodes.get(i)).toList();
  }

  /** Whether every type is known, so that the graph can be compiled. */
  public boolean isTyped() {
    return nodes.stream().flatMap(n -> n.types().stream()).allMatch(t -> t.shape().isKnown());
  }

  /** One line for each node; see {@link GraphPrinter}. */
  @Override
  public String toString() {
    return GraphPrinter.print(this);
  }

  /** Walks symbols into nodes. */
  private static final class Freezer {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<SymbolNode, Integer> ids = new HashMap<>();
    private final Map<Integer, Value> updates = new LinkedHashMap<>();

    Graph freeze(List<Symbol> inputs, List<Symbol> outputs, Map<Symbol, Symbol> stated) {
      List<SymbolNode> reached = reach(outputs, stated);
      Inference.complete(reached);
      var found = new HashSet<>(reached);
      for (Symbol input : inputs) {
        if (!found.contains(input.node())) {
          add(input.node());
        }
      }
      reached.forEach(this::add);
      var order = new ArrayList<Integer>();
      for (Symbol input : inputs) {
        order.add(id(input));
      }
      var given = new HashSet<>(order);
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i) instanceof Node.Variable && given.add(i)) {
          order.add(i);
        }
      }
      stated.forEach(
          (variable, value) -> updates.put(id(variable), new Value(id(value), value.output())));
      return new Graph(
          nodes, order, outputs.stream().map(o -> new Value(id(o), o.output())).toList(), updates);
    }

    private int id(Symbol symbol) {
      Integer id = ids.get(symbol.node());
      if (id == null) {
        throw new IllegalStateException(symbol + " was not reached");
      }
      return id;
    }

    private static List<SymbolNode> reach(List<Symbol> outputs, Map<Symbol, Symbol> stated) {
      var order = new ArrayList<SymbolNode>();
      var seen = new HashMap<SymbolNode, Boolean>();
      Deque<SymbolNode> path = new ArrayDeque<>();
      var roots = new ArrayList<>(outputs);
      roots.addAll(stated.keySet());
      roots.addAll(stated.values());
      for (Symbol root : roots) {
        path.push(root.node());
        while (!path.isEmpty()) {
          SymbolNode node = path.peek();
          if (Boolean.TRUE.equals(seen.get(node))) {
            path.pop();
          } else if (seen.put(node, false) == null) {
            List<Symbol> in = node.inputs();
            for (int i = in.size() - 1; i >= 0; i--) {
              if (!seen.containsKey(in.get(i).node())) {
                path.push(in.get(i).node());
              }
            }
          } else {
            seen.put(node, true);
            order.add(node);
            path.pop();
          }
        }
      }
      return order;
    }

    private void add(SymbolNode node) {
      if (ids.containsKey(node)) {
        return;
      }
      Op op = node.op();
      if (op == null) {
        nodes.add(
            new Node.Variable(
                node.name(), node.types().getFirst(), node.role(), node.attributes()));
      } else {
        var inputs = new ArrayList<Value>();
        for (int i = 0; i < node.inputs().size(); i++) {
          Symbol in = node.inputs().get(i);
          Value value = new Value(id(in), in.output());
          inputs.add(
              op.updates().containsKey(i) ? updates.getOrDefault(value.node(), value) : value);
        }
        op.updates()
            .forEach((input, output) -> {
              Symbol target = node.inputs().get(input);
              if (target.node().op() == null) {
                updates.put(id(target), new Value(nodes.size(), output));
              }
            });
        nodes.add(new Node.Apply(op, inputs, node.types(), node.name(), node.origin()));
      }
      ids.put(node, nodes.size() - 1);
    }
  }
}
