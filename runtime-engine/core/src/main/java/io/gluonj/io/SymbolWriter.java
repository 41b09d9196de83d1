package io.gluonj.io;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes a graph as MXNet's symbol JSON. */
final class SymbolWriter {
  /** What MXNet 1.9 writes; readers only compare it with their own version. */
  private static final int MXNET_VERSION = 10900;

  /** Longest list that is written on one line. */
  private static final int LINE = 10;

  private final Graph graph;
  private final List<Integer> order = new ArrayList<>();
  private final Map<Integer, Integer> position = new HashMap<>();
  private final Map<Integer, Integer> versions = new HashMap<>();
  private final JsonText json = new JsonText();

  SymbolWriter(Graph graph) {
    this.graph = graph;
    Set<Integer> reached = reached();
    for (int id = 0; id < graph.nodes().size(); id++) {
      if (reached.contains(id)) {
        position.put(id, order.size());
        order.add(id);
      }
    }
  }

  /** Files hold only what the outputs need. */
  private Set<Integer> reached() {
    var reached = new HashSet<Integer>();
    graph.outputs().forEach(v -> reached.add(v.node()));
    for (int id = graph.nodes().size() - 1; id >= 0; id--) {
      if (reached.contains(id) && graph.nodes().get(id) instanceof Node.Apply apply) {
        inputs(apply).forEach(v -> reached.add(v.node()));
      }
    }
    return reached;
  }

  /** The inputs as MXNet wires them: a changed variable is read by its name, not by its value. */
  private List<Value> inputs(Node.Apply apply) {
    var inputs = new ArrayList<Value>();
    for (int i = 0; i < apply.inputs().size(); i++) {
      Value value = apply.inputs().get(i);
      inputs.add(apply.op().updates().containsKey(i) ? variable(value) : value);
    }
    return inputs;
  }

  private Value variable(Value value) {
    Value at = value;
    while (graph.node(at) instanceof Node.Apply apply) {
      int output = at.output();
      Value before = at;
      at =
          apply.op().updates().entrySet().stream()
              .filter(u -> u.getValue() == output)
              .findFirst()
              .map(u -> apply.inputs().get(u.getKey()))
              .orElse(before);
      if (at.equals(before)) {
        return value; // an ordinary result stands where a variable would
      }
    }
    return at;
  }

  String write() {
    json.open('{', true);
    json.key("nodes").open('[', true);
    order.forEach(id -> node(graph.nodes().get(id)));
    json.close(']');
    json.key("arg_nodes");
    list(order.stream().filter(this::isVariable).map(position::get).toList(), i -> "" + i);
    json.key("node_row_ptr");
    list(rowPointers(), i -> "" + i);
    json.key("heads");
    list(graph.outputs(), v -> entry(v, 0));
    json.key("attrs").open('{', false);
    json.key("mxnet_version").raw("[\"int\", " + MXNET_VERSION + "]").close('}');
    return json.close('}').toString();
  }

  private boolean isVariable(int id) {
    return graph.nodes().get(id) instanceof Node.Variable;
  }

  private List<Integer> rowPointers() {
    var pointers = new ArrayList<>(List.of(0));
    for (int id : order) {
      int outputs =
          graph.nodes().get(id) instanceof Node.Apply apply
              ? apply.op().schema().fileOutputs(apply.op())
              : 1;
      pointers.add(pointers.getLast() + outputs);
    }
    return pointers;
  }

  private void node(Node node) {
    json.item().open('{', true);
    switch (node) {
      case Node.Variable v ->
          node(SymbolFile.VARIABLE, v.name(), new TreeMap<>(v.attributes()), List.of());
      case Node.Apply a -> {
        List<Shape> shapes = a.inputs().stream().map(v -> graph.type(v).shape()).toList();
        Map<String, String> attributes = AttrCodec.encode(a.op(), a.name(), shapes.size());
        node(a.op().schema().exportName(a.op(), shapes), a.name(), attributes, entries(a));
      }
    }
    json.close('}');
  }

  private void node(String op, String name, Map<String, String> attributes, List<String> inputs) {
    json.key("op").string(op);
    json.key("name").string(name);
    if (!attributes.isEmpty()) {
      json.key("attrs").open('{', attributes.size() > 1);
      attributes.forEach((key, value) -> json.key(key).string(value));
      json.close('}');
    }
    json.key("inputs");
    list(inputs, e -> e);
  }

  /**
   * The inputs; a variable's version counts the operators that have changed it, this one included.
   */
  private List<String> entries(Node.Apply apply) {
    List<Value> inputs = inputs(apply);
    apply
        .op()
        .updates()
        .keySet()
        .forEach(i -> versions.merge(inputs.get(i).node(), 1, Integer::sum));
    return inputs.stream()
        .map(v -> entry(v, isVariable(v.node()) ? versions.getOrDefault(v.node(), 0) : 0))
        .toList();
  }

  private String entry(Value value, int version) {
    return "[" + position.get(value.node()) + ", " + value.output() + ", " + version + "]";
  }

  private <T> void list(List<T> items, Function<T, String> text) {
    json.open('[', items.size() > LINE);
    items.forEach(i -> json.item().raw(text.apply(i)));
    json.close(']');
  }
}
