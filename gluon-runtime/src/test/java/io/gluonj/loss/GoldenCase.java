package io.gluonj.loss;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One line of {@code golden/gluon_losses.jsonl}: what MXNet 1.9.1 computed. */
record GoldenCase(JsonObject json) {
  static Stream<GoldenCase> all() {
    var stream = GoldenCase.class.getResourceAsStream("/golden/gluon_losses.jsonl");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> new GoldenCase(JsonParser.parseString(line).getAsJsonObject()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, NDArray> inputs(Device device) {
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    for (var each : json.getAsJsonArray("inputs")) {
      JsonObject input = each.getAsJsonObject();
      Shape shape = Shape.of(longs(input.getAsJsonArray("shape")));
      inputs.put(
          input.get("name").getAsString(),
          NDArray.of(floats(input.getAsJsonArray("data")), shape, device));
    }
    return inputs;
  }

  Shape outputShape() {
    return Shape.of(longs(output().getAsJsonArray("shape")));
  }

  float[] outputValues() {
    return floats(output().getAsJsonArray("data"));
  }

  private JsonObject output() {
    return json.getAsJsonArray("outputs").get(0).getAsJsonObject();
  }

  float[] headGradient() {
    return floats(json.getAsJsonArray("head_grads").get(0).getAsJsonArray());
  }

  Map<String, float[]> gradients() {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    json.getAsJsonObject("grads")
        .asMap()
        .forEach((name, values) -> gradients.put(name, floats(values.getAsJsonArray())));
    return gradients;
  }

  /** The loss with the options of this case. */
  Loss loss() {
    JsonObject args = json.getAsJsonObject("args");
    double weight = args.has("weight") ? args.get("weight").getAsDouble() : 1;
    return switch (json.get("loss").getAsString()) {
      case "L2Loss" -> new L2Loss().weight(weight);
      case "L1Loss" -> new L1Loss().weight(weight);
      case "HingeLoss" -> new HingeLoss();
      case "SquaredHingeLoss" -> new SquaredHingeLoss();
      case "TripletLoss" -> new TripletLoss();
      case "HuberLoss" -> new HuberLoss(number(args, "rho", 1));
      case "CosineEmbeddingLoss" -> new CosineEmbeddingLoss(number(args, "margin", 0));
      case "LogisticLoss" ->
          args.has("label_format")
              ? new LogisticLoss(args.get("label_format").getAsString())
              : new LogisticLoss();
      case "SigmoidBinaryCrossEntropyLoss" ->
          new SigmoidBinaryCrossEntropyLoss().fromSigmoid(flag(args, "from_sigmoid", false));
      case "CTCLoss" -> new CTCLoss();
      case "KLDivLoss" -> new KLDivLoss().inputIsLogProbability(flag(args, "from_logits", true));
      case "PoissonNLLLoss" -> new PoissonNLLLoss().inputIsLogRate(flag(args, "from_logits", true));
      case "SoftmaxCrossEntropyLoss" ->
          new SoftmaxCrossEntropyLoss()
              .weight(weight)
              .axis((int) number(args, "axis", -1))
              .sparseLabel(flag(args, "sparse_label", true))
              .inputIsLogProbability(flag(args, "from_logits", false));
      case String other -> throw new IllegalStateException("no loss " + other);
    };
  }

  /** The inputs in the order of the call, with what stands between them. */
  List<NDArray> call(Map<String, NDArray> inputs, Device device) {
    var ordered = new ArrayList<>(inputs.values());
    if (inputs.containsKey("pos_weight")) {
      ordered.add(2, NDArray.of(new float[] {1}, Shape.of(1, 1), device));
    }
    return ordered;
  }

  private static double number(JsonObject args, String name, double otherwise) {
    return args.has(name) ? args.get(name).getAsDouble() : otherwise;
  }

  private static boolean flag(JsonObject args, String name, boolean otherwise) {
    return args.has(name) ? args.get(name).getAsBoolean() : otherwise;
  }

  private static long[] longs(JsonArray array) {
    return array.asList().stream().mapToLong(e -> e.getAsLong()).toArray();
  }

  private static float[] floats(JsonArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
  }

  @Override
  public String toString() {
    return json.get("id").getAsString();
  }
}
