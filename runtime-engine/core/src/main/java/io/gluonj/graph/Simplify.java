package io.gluonj.graph;

import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Casts;
import io.gluonj.op.Op;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.SumTo;
import io.gluonj.op.UnaryMath;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.SymbolNode;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes operators that change nothing, joins that are taken apart again, broadcasts that the
 * reader does by itself, and computes equal applications once; what no output needs disappears with
 * the rebuild. Runs after differentiation: it drops gradient barriers.
 */
public final class Simplify {
  private Simplify() {}

  private record Input(SymbolNode node, int output) {}

  private record Application(Op op, List<Input> inputs) {
    /** Without the operator's attributes: few operators of a kind read the same. */
    @Override
    public int hashCode() {
      return 31 * inputs.hashCode() + op.getClass().hashCode();
    }
  }

  public static Graph apply(Graph graph) {
    Map<Application, List<Symbol>> seen = new HashMap<>();
    return new Rewrite(
            graph,
            (id, node, in) -> {
              if (isIdentity(node, in)) {
                return List.of(in.getFirst());
              }
              Symbol simpler = Joins.simpler(node, in);
              if (simpler != null) {
                return List.of(simpler);
              }
              List<Symbol> narrow = unrepeated(node, in);
              var key =
                  new Application(
                      node.op(),
                      narrow.stream().map(s -> new Input(s.node(), s.output())).toList());
              return seen.computeIfAbsent(key, k -> Rewrite.keep(graph, node, narrow));
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

  /** The inputs of a pointwise operator without broadcasts that it does by itself. */
  private static List<Symbol> unrepeated(Node.Apply node, List<Symbol> in) {
    if (!(node.op() instanceof Op.Pointwise)) {
      return in;
    }
    Shape shape = node.types().getFirst().shape();
    var narrow = new ArrayList<>(in);
    for (int i = 0; i < narrow.size(); i++) {
      if (narrow.get(i).node().op() instanceof BroadcastTo) {
        Symbol whole = narrow.set(i, narrow.get(i).node().inputs().getFirst());
        if (!narrow.stream()
            .map(Symbol::shape)
            .reduce(Shape.scalar(), Shape::broadcast)
            .equals(shape)) {
          narrow.set(i, whole);
        }
      }
    }
    return narrow;
  }
}
