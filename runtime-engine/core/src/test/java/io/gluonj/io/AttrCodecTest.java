package io.gluonj.io;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.op.Op;
import io.gluonj.op.OpRegistry;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AttrCodecTest {
  static Stream<Sample> exportable() {
    return OpRegistry.all().stream()
        .map(OpSchema::of)
        .filter(s -> !s.isInternal())
        .flatMap(s -> s.samples().stream());
  }

  @ParameterizedTest
  @MethodSource("exportable")
  void everyOperatorIsTheSameAfterWritingAndReading(Sample sample) {
    var variables = new ArrayList<Symbol>();
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (TensorType type : sample.types()) {
      String name = "in" + variables.size();
      variables.add(Symbol.var(name, type, Symbol.Role.DATA, Map.of()));
      types.put(name, type);
    }
    List<Symbol> outputs = Symbol.apply(sample.op(), "node", Origin.NONE, variables);
    Graph graph = Graph.of(List.of(), outputs.subList(0, sample.op().visibleOutputs()));
    String json = SymbolJson.toJson(graph);
    Graph back = SymbolJson.fromJson(json, "its own JSON", types, Map.of());
    Node.Apply written = node(graph);
    Node.Apply read = node(back);
    assertThat(read.op()).isEqualTo(sample.op());
    assertThat(read.name()).isEqualTo("node");
    assertThat(read.types()).isEqualTo(written.types());
    assertThat(read.inputs().stream().map(v -> name(back, v)).toList())
        .containsExactlyElementsIn(types.keySet())
        .inOrder();
    assertThat(back.outputs().stream().map(Value::output).toList())
        .isEqualTo(graph.outputs().stream().map(Value::output).toList());
    assertThat(read.op().schema().inputNames(read.op(), types.size())).hasSize(types.size());
    assertThat(SymbolJson.toJson(back)).isEqualTo(json);
    boolean typed = !(sample.op() instanceof Op.Dynamic);
    assertWithMessage(json).that(back.isTyped()).isEqualTo(typed);
  }

  private static String name(Graph graph, Value value) {
    return ((Node.Variable) graph.node(value)).name();
  }

  private static Node.Apply node(Graph graph) {
    return graph.nodes().stream()
        .filter(Node.Apply.class::isInstance)
        .map(Node.Apply.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
