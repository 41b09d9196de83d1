package io.gluonj.graph;

import io.gluonj.op.Casts;
import io.gluonj.op.Op;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.SumTo;
import io.gluonj.op.UnaryMath;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.SymbolNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes operators that change nothing and computes equal applications once; what no output needs
 * disappears with the rebuild. Runs after differentiation: it drops gradient barriers.
 */
public final class Simplify {
  private Simplify() {}

  private record Input(SymbolNode node, int output) {}

  private record Application(Op op, List<Input> inputs) {}

  public static Graph apply(Graph graph) {
    Map<Application, List<Symbol>> seen = new HashMap<>();
    return new Rewrite(
            graph,
            (id, node, in) -> {
              if (isIdentity(node, in)) {
                return List.of(in.getFirst());
              }
              var key =
                  new Application(
                      node.op(), in.stream().map(s -> new Input(s.node(), s.output())).toList());
              return seen.computeIfAbsent(key, k -> Rewrite.keep(node, in));
            })
        .graph();
  }

  private static boolean isIdentity(Node.Apply node, List<Symbol> in) {
    return switch (node.op()) {
      case UnaryMath.Copy _, UnaryMath.BlockGrad _ -> true;
      case Casts.Cast(var type) -> type == in.getFirst().dtype();
      case ShapeOps s -> node.types().getFirst().equals(in.getFirst().type());
      case SumTo s -> node.types().getFirst().equals(in.getFirst().type());
      case Op other -> false;
    };
  }
}
