package io.gluonj.graph;

import io.gluonj.op.Activations;
import io.gluonj.op.MaxPool;
import io.gluonj.tensor.Symbol;
import java.util.List;
import java.util.Map;

/**
 * Rectifies maxima instead of taking maxima of rectified values, which are the same, as rectifying
 * keeps order: fewer elements, forward and backward. Runs before differentiation.
 */
public final class ActivateAfterPooling {
  private ActivateAfterPooling() {}

  public static Graph apply(Graph graph) {
    Map<Value, Integer> uses = Uses.of(graph);
    return new Rewrite(
            graph,
            (id, node, in) -> {
              boolean moves =
                  node.op() instanceof MaxPool
                      && in.getFirst().node().op() instanceof Activations.Relu
                      && uses.getOrDefault(node.inputs().getFirst(), 0) == 1
                      && !uses.containsKey(new Value(id, 1));
              if (!moves) {
                return Rewrite.keep(graph, node, in);
              }
              Symbol data = in.getFirst();
              List<Symbol> pooled = Rewrite.keep(node, List.of(data.node().inputs().getFirst()));
              Symbol result =
                  Symbol.apply(
                          new Activations.Relu(),
                          data.node().name(),
                          data.node().origin(),
                          List.of(pooled.getFirst()))
                      .getFirst();
              return List.of(result, pooled.get(1));
            })
        .graph();
  }
}
