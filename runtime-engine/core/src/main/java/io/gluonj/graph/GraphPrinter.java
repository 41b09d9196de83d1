package io.gluonj.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Graphs as text, one node a line:
 *
 * <pre>
 * %0 = data : float32(64, 1, 28, 28)
 * %3 = Convolution[kernel=[5, 5], …](%0, %1, %2) : float32(64, 20, 24, 24)   lenet0_conv0_fwd
 * return %7
 * </pre>
 */
final class GraphPrinter {
  private GraphPrinter() {}

  static String print(Graph graph) {
    var text = new StringBuilder();
    for (int i = 0; i < graph.nodes().size(); i++) {
      text.append('%').append(i).append(" = ");
      Node node = graph.nodes().get(i);
      switch (node) {
        case Node.Variable v -> text.append(v.name()).append(" : ").append(v.type());
        case Node.Apply a ->
            text.append(a.op())
                .append('(')
                .append(list(graph, a.inputs()))
                .append(") : ")
                .append(a.types().stream().map(Object::toString).collect(Collectors.joining(", ")))
                .append(a.name().isEmpty() ? "" : "   " + a.name());
      }
      text.append('\n');
    }
    graph.updates().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(u ->
            text.append("update %")
                .append(u.getKey())
                .append(" <- ")
                .append(name(graph, u.getValue()))
                .append('\n'));
    return text.append("return ").append(list(graph, graph.outputs())).append('\n').toString();
  }

  private static String list(Graph graph, List<Value> values) {
    return values.stream().map(v -> name(graph, v)).collect(Collectors.joining(", "));
  }

  /** The value's number; a broken graph is printed too. */
  private static String name(Graph graph, Value value) {
    boolean only =
        value.output() == 0
            && value.node() < graph.nodes().size()
            && graph.node(value).types().size() == 1;
    return "%" + value.node() + (only ? "" : "." + value.output());
  }
}
