package io.gluonj.test.badinput;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gluonj.graph.Graph;
import io.gluonj.io.SymbolJson;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sample as a node of a file, with attributes changed to what damaged or foreign files say. */
record FileCall(Sample sample, List<TextChange> changes) {
  /**
   * One attribute changed.
   *
   * @param which attribute, counted around
   */
  record TextChange(Kind kind, int which, String text) {
    enum Kind {
      REPLACED,
      REMOVED,
      ADDED,
      INPUT_DROPPED,
      INPUT_ADDED
    }
  }

  /** What a file says of a node. */
  record Node(String op, Map<String, String> attributes, List<TensorType> inputs) {}

  static List<Sample> samples() {
    return BadCall.samples().stream()
        .filter(sample -> !sample.op().schema().isInternal() && !sample.inputs().isEmpty())
        .toList();
  }

  Node node() {
    Node node = written();
    Map<String, String> attributes = new TreeMap<>(node.attributes());
    var inputs = new ArrayList<>(node.inputs());
    for (TextChange c : changes) {
      var names = List.copyOf(attributes.keySet());
      String name = names.isEmpty() ? "axis" : names.get(Math.floorMod(c.which(), names.size()));
      switch (c.kind()) {
        case REPLACED -> attributes.put(name, c.text());
        case REMOVED -> attributes.remove(name);
        case ADDED -> attributes.put(c.text(), "1");
        case INPUT_ADDED -> inputs.add(TensorType.float32(2, 3));
        case INPUT_DROPPED -> {
          if (!inputs.isEmpty()) {
            inputs.removeLast();
          }
        }
      }
    }
    return new Node(node.op(), attributes, inputs);
  }

  private Node written() {
    var variables = new ArrayList<Symbol>();
    for (TensorType type : sample.types()) {
      variables.add(Symbol.var("in" + variables.size(), type, Symbol.Role.DATA, Map.of()));
    }
    List<Symbol> outputs = Symbol.apply(sample.op(), "node", Origin.NONE, variables);
    String json = SymbolJson.toJson(Graph.of(List.of(), outputs.subList(0, 1)));
    JsonObject node =
        JsonParser.parseString(json)
            .getAsJsonObject()
            .getAsJsonArray("nodes")
            .asList()
            .getLast()
            .getAsJsonObject();
    Map<String, String> attributes = new TreeMap<>();
    if (node.has("attrs")) {
      node.getAsJsonObject("attrs")
          .asMap()
          .forEach((name, text) -> attributes.put(name, text.getAsString()));
    }
    return new Node(node.get("op").getAsString(), attributes, sample.types());
  }

  @Override
  public String toString() {
    return node() + " from " + sample.op() + " with " + changes;
  }
}
