package io.gluonj.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.gluonj.graph.Graph;
import io.gluonj.io.SymbolJson;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One operator call recorded from MXNet 1.9.1, in training mode.
 *
 * @param attributes as MXNet spells them
 * @param inputs in the operator's order
 * @param outputs expected; the values of all of them
 * @param headGradients one for each output, or none where no gradients were recorded
 * @param gradients expected, by input
 * @param inputsAfter expected, by input that the operator changes
 */
public record GoldenCase(
    String id,
    String op,
    Map<String, String> attributes,
    Map<String, Value> inputs,
    List<Value> outputs,
    List<double[]> headGradients,
    Map<String, double[]> gradients,
    Map<String, double[]> inputsAfter) {

  /** A tensor's type and its row-major values. */
  public record Value(TensorType type, List<Double> data) {
    double[] values() {
      return data.stream().mapToDouble(d -> d).toArray();
    }
  }

  static GoldenCase of(JsonObject json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    json.getAsJsonObject("attrs")
        .entrySet()
        .forEach(e -> attributes.put(e.getKey(), e.getValue().getAsString()));
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (JsonElement input : json.getAsJsonArray("inputs")) {
      inputs.put(input.getAsJsonObject().get("name").getAsString(), value(input));
    }
    return new GoldenCase(
        json.get("id").getAsString(),
        json.get("op").getAsString(),
        attributes,
        inputs,
        json.getAsJsonArray("outputs").asList().stream().map(GoldenCase::value).toList(),
        json.has("head_grads")
            ? json.getAsJsonArray("head_grads").asList().stream().map(GoldenCase::doubles).toList()
            : List.of(),
        byInput(json, "grads"),
        byInput(json, "inputs_after"));
  }

  private static Map<String, double[]> byInput(JsonObject json, String key) {
    Map<String, double[]> found = new LinkedHashMap<>();
    if (json.has(key)) {
      json.getAsJsonObject(key)
          .entrySet()
          .forEach(e -> found.put(e.getKey(), doubles(e.getValue())));
    }
    return found;
  }

  private static Value value(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    long[] dims =
        json.getAsJsonArray("shape").asList().stream().mapToLong(JsonElement::getAsLong).toArray();
    DType type = json.has("dtype") ? DType.of(json.get("dtype").getAsString()) : DType.FLOAT32;
    double[] data = doubles(json.get("data"));
    return new Value(
        new TensorType(Shape.of(dims), type), java.util.Arrays.stream(data).boxed().toList());
  }

  /** Plain values, or those of a whole tensor. */
  private static double[] doubles(JsonElement values) {
    JsonElement array = values.isJsonObject() ? values.getAsJsonObject().get("data") : values;
    return array.getAsJsonArray().asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
  }

  /** The call as a graph of one node, read from the symbol JSON that describes it. */
  public Graph graph() {
    JsonArray nodes = new JsonArray();
    JsonArray arguments = new JsonArray();
    JsonArray wires = new JsonArray();
    Map<String, TensorType> types = new LinkedHashMap<>();
    inputs.forEach((name, value) -> {
      wires.add(entry(nodes.size(), 0));
      arguments.add(nodes.size());
      nodes.add(node("null", name, Map.of(), new JsonArray()));
      types.put(name, value.type());
    });
    JsonArray heads = new JsonArray();
    for (int k = 0; k < visible(); k++) {
      heads.add(entry(nodes.size(), k));
    }
    nodes.add(node(op, id, attributes, wires));
    JsonObject json = new JsonObject();
    json.add("nodes", nodes);
    json.add("arg_nodes", arguments);
    json.add("heads", heads);
    return SymbolJson.fromJson(json.toString(), "case " + id, types, Map.of());
  }

  /** MXNet's imperative calls return hidden outputs too; a graph has only the first of these. */
  private int visible() {
    boolean statistics = attributes.getOrDefault("output_mean_var", "False").equals("True");
    return Set.of("BatchNorm", "Dropout").contains(op) && !statistics ? 1 : outputs.size();
  }

  private static JsonObject node(
      String op, String name, Map<String, String> attributes, JsonArray inputs) {
    JsonObject attrs = new JsonObject();
    attributes.forEach((key, value) -> attrs.add(key, new JsonPrimitive(value)));
    JsonObject node = new JsonObject();
    node.addProperty("op", op);
    node.addProperty("name", name);
    node.add("attrs", attrs);
    node.add("inputs", inputs);
    return node;
  }

  private static JsonArray entry(int node, int output) {
    JsonArray entry = new JsonArray();
    List.of(node, output, 0).forEach(entry::add);
    return entry;
  }
}
