package io.gluonj.test.docs;

import io.gluonj.backend.Backend;
import io.gluonj.graph.Decompose;
import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.tensor.Symbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a backend computes an operator: found by decomposing its samples as the backend would. */
final class Lowering {
  private final Backend backend;
  private final String loops;

  /**
   * Prepares descriptions.
   *
   * @param loops what the backend makes of loop nests
   */
  Lowering(Backend backend, String loops) {
    this.backend = backend;
    this.loops = loops;
  }

  String of(OpSchema<?> schema) {
    Op op = (Op) schema.defaults();
    return switch (op) {
      case Op.Pointwise _, Op.Structural _ -> loops;
      case Op.Library library -> backend.lowering(library);
      case Op.Dynamic _ -> "operator by operator, once its values are read";
      case Op.Custom _ -> "in Java, on host memory";
      case Op.Composite _ -> composite(schema);
    };
  }

  private String composite(OpSchema<?> schema) {
    Set<String> libraries = new LinkedHashSet<>();
    boolean whole = false;
    for (Sample sample : schema.samples()) {
      for (boolean training : new boolean[] {false, true}) {
        for (Node node : Decompose.except(graph(sample), training, backend::runsWhole).nodes()) {
          if (node instanceof Node.Apply apply) {
            whole |= apply.op() instanceof Op.Composite;
            if (apply.op() instanceof Op.Library library) {
              libraries.add(backend.lowering(library));
            }
          }
        }
      }
    }
    var parts = new ArrayList<String>();
    if (whole) {
      parts.add("one kernel for the whole");
    }
    parts.addAll(libraries);
    return parts.isEmpty() ? loops : String.join(", ", parts) + "; " + loops;
  }

  private static Graph graph(Sample sample) {
    List<Symbol> variables = SampleSymbols.inputs(sample);
    List<Symbol> outputs = SampleSymbols.outputs(sample, variables);
    return Graph.of(variables, outputs.subList(0, sample.op().visibleOutputs()));
  }
}
