package io.gluonj.graph;

import io.gluonj.op.Activations;
import io.gluonj.op.MaxPool;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.SymbolNode;
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
              Symbol data = in.getFirst();
              if (!(node.op() instanceof MaxPool) || !rectified(data.node())) {
                return Rewrite.keep(node, in);
              }
              if (uses.get(node.inputs().getFirst()) != 1 || uses.containsKey(new Value(id, 1))) {
                return Rewrite.keep(node, in);
              }
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

  private static boolean rectified(SymbolNode node) {
    return node.op() instanceof Activations.Relu;
  }
}
