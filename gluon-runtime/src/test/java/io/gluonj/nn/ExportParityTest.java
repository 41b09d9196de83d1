package io.gluonj.nn;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.nn.Activation.RELU;
import static io.gluonj.nn.Activation.TANH;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gluonj.gluon.Block;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.io.SymbolJson;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node names, operators, attributes and edges against graphs that MXNet 1.9.1's Gluon exported. */
class ExportParityTest {
  @BeforeEach
  void restartNames() {
    Block.restartNames();
  }

  @Test
  void lenetIsNamedAndDescribedAsByGluon() throws IOException {
    HybridBlock net =
        new HybridSequential()
            .add(
                new Conv2D(20, 5).activation(RELU),
                new MaxPool2D(2, 2),
                new Conv2D(50, 5).activation(RELU),
                new MaxPool2D(2, 2),
                new Flatten(),
                new Dense(128).activation(RELU),
                new Dense(10));
    check("lenet", net, Shape.of(4, 1, 28, 28));
  }

  @Test
  void mlpIsNamedAndDescribedAsByGluon() throws IOException {
    HybridBlock net =
        new HybridSequential()
            .add(
                new Dense(64).activation(RELU),
                new Dropout(0.5),
                new Dense(32).activation(TANH),
                new Dense(10),
                new HybridLambda(x -> x.logSoftmax(-1)).prefix(""));
    check("mlp", net, Shape.of(4, 20));
  }

  @Test
  void residualNetIsNamedAndDescribedAsByGluon() throws IOException {
    check("resblock", new ResidualNet(), Shape.of(2, 3, 16, 16));
  }

  private static void check(String fixture, HybridBlock net, Shape input) throws IOException {
    JsonArray expected = nodes(read("/golden/" + fixture + "-symbol.json"));
    JsonArray actual = nodes(SymbolJson.toJson(net.call(Symbol.var("data", input))));
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertWithMessage("node %s of %s", i, fixture)
          .that(comparable(actual.get(i).getAsJsonObject()))
          .isEqualTo(comparable(expected.get(i).getAsJsonObject()));
    }
    assertThat(actual.size()).isEqualTo(expected.size());
  }

  /** A node, but for the shape of a variable: MXNet writes what was known of it first. */
  private static JsonObject comparable(JsonObject node) {
    JsonObject copy = node.deepCopy();
    if (copy.get("op").getAsString().equals("null")) {
      JsonObject kept = new JsonObject();
      JsonObject attributes = copy.has("attrs") ? copy.getAsJsonObject("attrs") : new JsonObject();
      kept.add("__init__", attributes.get("__init__"));
      copy.add("attrs", kept);
    }
    return copy;
  }

  private static JsonArray nodes(String json) {
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("nodes");
  }

  private static String read(String resource) throws IOException {
    try (var stream =
        Objects.requireNonNull(ExportParityTest.class.getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
