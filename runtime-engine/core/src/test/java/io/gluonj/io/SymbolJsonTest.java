package io.gluonj.io;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.Fixture;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.GluonException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.UnsupportedOpException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SymbolJsonTest {
  private static final String ARGUMENTS = "\"arg_nodes\": [0], ";
  private static final String VARIABLE = "{\"op\": \"null\", \"name\": \"x\", \"inputs\": []}";

  private static String json(String name) {
    return Fixture.text("fixtures/" + name + "/" + name + "-symbol.json");
  }

  private static Graph read(String json) {
    return SymbolJson.fromJson(json, Map.of());
  }

  private static String graph(String nodes, String heads) {
    return "{\"nodes\": [" + nodes + "], " + ARGUMENTS + "\"heads\": " + heads + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "lenet, 4 1 28 28",
    "mlp, 4 16",
    "mlptrain, 4 16",
    "resblock, 4 3 16 16",
  })
  void graphsOfMxnetAreReproducedByteForByte(String name, String dims) {
    long[] shape = List.of(dims.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    Graph graph = SymbolJson.fromJson(json(name), Map.of("data", Shape.of(shape)));
    assertThat(SymbolJson.toJson(graph)).isEqualTo(json(name));
  }

  @Test
  void parametersGetTheirShapesFromTheInput() {
    Graph graph = SymbolJson.fromJson(json("lenet"), Map.of("data", Shape.of(4, 1, 28, 28)));
    assertThat(graph.isTyped()).isTrue();
    assertThat(graph.variables().get(1).type().shape()).isEqualTo(Shape.of(20, 1, 5, 5));
    assertThat(graph.variables().get(5).type().shape()).isEqualTo(Shape.of(128, 800));
    assertThat(graph.type(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(4, 10));
  }

  @Test
  void changedVariablesAreAuxiliary() {
    Graph graph = read(json("resblock"));
    List<String> auxiliary =
        graph.variables().stream()
            .filter(v -> v.role() == Symbol.Role.AUXILIARY)
            .map(Node.Variable::name)
            .toList();
    assertThat(auxiliary).hasSize(8);
    assertThat(auxiliary.getFirst()).isEqualTo("resnet0_batchnorm0_running_mean");
    assertThat(graph.updates()).hasSize(8);
    assertThat(graph.variables().getFirst().role()).isEqualTo(Symbol.Role.DATA);
    assertThat(graph.variables().get(1).role()).isEqualTo(Symbol.Role.PARAMETER);
  }

  @Test
  void aSymbolWritesItsGraph() {
    Tensor x = Symbol.var("x", Shape.of(2, 3));
    Symbol y = (Symbol) x.mul(2).add(x).transpose(1, 0);
    assertThat(y.toJson())
        .isEqualTo(
            """
            {
              "nodes": [
                {
                  "op": "null",\s
                  "name": "x",\s
                  "inputs": []
                },\s
                {
                  "op": "_mul_scalar",\s
                  "name": "%s",\s
                  "attrs": {"scalar": "2.0"},\s
                  "inputs": [[0, 0, 0]]
                },\s
                {
                  "op": "elemwise_add",\s
                  "name": "%s",\s
                  "inputs": [[1, 0, 0], [0, 0, 0]]
                },\s
                {
                  "op": "transpose",\s
                  "name": "%s",\s
                  "attrs": {"axes": "(1, 0)"},\s
                  "inputs": [[2, 0, 0]]
                }
              ],\s
              "arg_nodes": [0],\s
              "node_row_ptr": [0, 1, 2, 3, 4],\s
              "heads": [[3, 0, 0]],\s
              "attrs": {"mxnet_version": ["int", 10900]}
            }\
            """
                .formatted(
                    y.node().inputs().getFirst().node().inputs().getFirst().name(),
                    y.node().inputs().getFirst().name(),
                    y.name()));
  }

  @Test
  void sumsOfDifferentShapesBroadcastInFiles() {
    Symbol y = Symbol.var("a", Shape.of(2, 3)).add(Symbol.var("b", Shape.of(3)));
    assertThat(y.toJson()).contains("\"op\": \"broadcast_add\"");
  }

  @Test
  void namesWithQuotesAndOtherScriptsSurvive() {
    String name = "a\"b\\c\té中";
    Symbol y = Symbol.var(name, Shape.of(2)).exp();
    Graph graph = read(y.toJson());
    assertThat(graph.variables().getFirst().name()).isEqualTo(name);
  }

  @Test
  void internalOperatorsAreRefusedByName() {
    Symbol y = Symbol.var("a", Shape.of(2, 3)).sumTo(Shape.of(3));
    var e = assertThrows(UnsupportedOpException.class, y::toJson);
    assertThat(e).hasMessageThat().contains("SumTo");
    assertThat(e).hasMessageThat().contains(y.name());
  }

  @Test
  void legacyKeysAndEntriesAreRead() {
    String old =
        graph(
            VARIABLE
                + ", {\"op\": \"_MulScalar\", \"param\": {\"scalar\": \"3\"}, \"name\": \"y\","
                + " \"inputs\": [[0, 0]], \"backward_source_id\": -1,"
                + " \"attr\": {\"__lr_mult__\": \"2\", \"ctx_group\": \"a\"}}",
            "[[1, 0]]");
    Graph graph = read(old);
    assertThat(graph.toString()).contains("MultiplyScalar[scalar=3.0](%0)");
  }

  @Test
  void allUnsupportedNodesAreListedAtOnce() {
    String bad =
        graph(
            VARIABLE
                + ", {\"op\": \"Convolutoin\", \"name\": \"c\", \"inputs\": [[0, 0, 0]]}"
                + ", {\"op\": \"Activation\", \"name\": \"d\", \"inputs\": [[1, 0, 0]],"
                + " \"attrs\": {\"act_type\": \"swash\"}}"
                + ", {\"op\": \"Flatten\", \"name\": \"e\", \"inputs\": [[2, 0, 0]],"
                + " \"attrs\": {\"axes\": \"1\"}}"
                + ", {\"op\": \"softmax\", \"name\": \"f\", \"inputs\": [[3, 0, 0]],"
                + " \"attrs\": {\"dtype\": \"float16\", \"axsi\": \"1\"}}"
                + ", {\"op\": \"BatchNorm\", \"name\": \"g\", \"inputs\": [[4, 0, 0]]}",
            "[[5, 0, 0]]");
    var e = assertThrows(UnsupportedOpException.class, () -> read(bad));
    String message = e.getMessage();
    assertThat(message).contains("5 of 6 nodes");
    assertThat(message).contains("Convolutoin 'c': unknown operator; did you mean Convolution?");
    assertThat(message).contains("attribute act_type is 'swash', expected one of relu, sigmoid");
    assertThat(message).contains("Flatten 'e': attribute axes is unknown");
    assertThat(message).contains("dtype is 'float16', only None is supported");
    assertThat(message).contains("attribute axsi is unknown; did you mean axis?");
    assertThat(message).contains("BatchNorm 'g': has 1 inputs, takes [data, gamma");
  }

  @Test
  void aWrongInputNameListsTheRealOnes() {
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> SymbolJson.fromJson(json("lenet"), Map.of("dta", Shape.of(1))));
    assertThat(e).hasMessageThat().contains("did you mean data?");
    assertThat(e).hasMessageThat().contains("the graph's inputs are [data]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"nodes\": []}",
        "{\"nodes\": [], \"arg_nodes\": [], \"heads\": []}",
        "{\"nodes\": [], \"arg_nodes\": [], \"heads\": [[0, 0, 0]]}",
        "{\"nodes\": 1, \"arg_nodes\": [], \"heads\": []}",
        "{\"nodes\": [], \"arg_nodes\": [], \"heads\": [], \"more\": 1}",
        "{\"nodes\": [{\"op\": \"null\"}], \"arg_nodes\": [], \"heads\": [[0, 0, 0]]}",
        "{\"nodes\": [{\"op\": \"exp\", \"name\": \"e\", \"inputs\": [[0, 0, 0]]}],"
            + " \"arg_nodes\": [], \"heads\": [[0, 0, 0]]}",
        "{\"nodes\": [{\"op\": \"null\", \"name\": \"x\", \"inputs\": []}], \"arg_nodes\": [0],"
            + " \"heads\": [[0, 1, 0]]}",
        "{\"nodes\": [{\"op\": \"null\", \"name\": \"x\", \"inputs\": [],"
            + " \"attrs\": {\"__shape__\": \"(2, x)\"}}], \"arg_nodes\": [0],"
            + " \"heads\": [[0, 0, 0]]}",
        "{\"nodes\": [{\"op\": \"null\", \"name\": \"x\", \"inputs\": [],"
            + " \"attrs\": {\"__dtype__\": \"99\"}}], \"arg_nodes\": [0], \"heads\": [[0, 0, 0]]}",
        "{\"nodes\": [], \"arg_nodes\": [], \"heads\": [[99999999999, 0, 0]]}",
      })
  void malformedTextIsRefused(String json) {
    assertThrows(FileFormatException.class, () -> read(json));
  }

  @Test
  void damagedFilesGiveNothingButOurExceptions() {
    long seed = 20240607;
    System.out.println("SymbolJsonTest seed " + seed);
    Random random = new Random(seed);
    String whole = json("resblock");
    Map<String, Shape> data = Map.of("data", Shape.of(4, 3, 16, 16));
    int refused = 0;
    for (int round = 0; round < 1500; round++) {
      var damaged = new StringBuilder(whole);
      if (random.nextInt(4) == 0) {
        damaged.setLength(random.nextInt(whole.length()));
      } else {
        for (int k = 0; k <= random.nextInt(3); k++) {
          damaged.setCharAt(random.nextInt(whole.length()), (char) (' ' + random.nextInt(95)));
        }
      }
      try {
        SymbolJson.fromJson(damaged.toString(), data);
      } catch (GluonException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
