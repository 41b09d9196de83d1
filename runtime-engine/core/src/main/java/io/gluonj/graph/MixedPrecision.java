package io.gluonj.graph;

import io.gluonj.op.Casts;
import io.gluonj.op.Op;
import io.gluonj.op.Precision;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets operators whose work is products compute in a type of half the size, and leaves everything
 * that is numerically delicate in float32: {@link Precision} says which is which. Runs before
 * differentiation: the gradients are those of the graph with its conversions, and since a
 * conversion's gradient is a conversion, parameters get float32 gradients.
 *
 * <p>Variables, results and updates keep their types, so that to its callers the graph is the same.
 * Whoever reads a result reads it as it leaves the graph: a loss sees the float32 outputs of its
 * net, in one graph with it as well as apart from it.
 */
public final class MixedPrecision {
  private final Graph graph;
  private final DType compute;
  private final Set<Value> leaving;

  private MixedPrecision(Graph graph, DType compute) {
    this.graph = graph;
    this.compute = compute;
    this.leaving = new HashSet<>(graph.outputs());
    this.leaving.addAll(graph.updates().values());
  }

  /**
   * Checks that products can be computed in a type.
   *
   * @throws InvalidArgumentException unless it is {@code bfloat16} or {@code float16}
   */
  public static DType checked(DType compute) {
    if (compute != DType.BFLOAT16 && compute != DType.FLOAT16) {
      throw new InvalidArgumentException(
          "mixed precision was asked for with products in " + compute,
          compute.isFloating()
              ? "it mixes float32 with a floating type of half its size"
              : compute
                  + " has no fractions: weights and gradients would all be cut to whole"
                  + " numbers",
          "use bfloat16, or float16 with loss scaling");
    }
    return compute;
  }

  /**
   * Puts conversions where they are needed; composites without a class of their own are expanded.
   *
   * @param graph typed
   * @param training whether composites are expanded as in training
   * @param compute the type of products
   */
  public static Graph apply(Graph graph, boolean training, DType compute) {
    Graph parts = Decompose.except(graph, training, (op, in) -> keeps(op));
    var pass = new MixedPrecision(parts, checked(compute));
    return new Rewrite(parts, pass::rebuild).graph();
  }

  /**
   * For prediction, where nothing is differentiated: first scales and shifts convolutions by what
   * follows them, which the conversions would come between.
   */
  public static Graph forPrediction(Graph graph, DType compute) {
    Graph parts = Decompose.except(graph, false, (op, in) -> keeps(op));
    return apply(FoldIntoConvolution.apply(Simplify.apply(parts)), false, compute);
  }

  private static boolean keeps(Op.Composite op) {
    return Precision.of(op) != Precision.PARTS;
  }

  private List<Symbol> rebuild(int id, Node.Apply node, List<Symbol> in) {
    List<Symbol> made =
        Rewrite.keep(
            node,
            switch (Precision.of(node.op())) {
              case NARROW -> isNarrowed(node) ? narrowed(node, in) : asBefore(node, in);
              case WIDE -> asBefore(node, in);
              case WIDEST -> in;
              case PARTS -> throw new IllegalStateException(node.op() + " was not expanded");
            });
    var results = new ArrayList<Symbol>();
    for (int k = 0; k < made.size(); k++) {
      Symbol result = made.get(k);
      results.add(
          leaving.contains(new Value(id, k))
              ? cast(node, result, node.types().get(k).dtype())
              : result);
    }
    return results;
  }

  /** Whether all operands were float32: what a user gave another type keeps it. */
  private boolean isNarrowed(Node.Apply node) {
    return node.inputs().stream().allMatch(v -> graph.type(v).dtype() == DType.FLOAT32);
  }

  private List<Symbol> narrowed(Node.Apply node, List<Symbol> in) {
    return in.stream().map(s -> cast(node, s, compute)).toList();
  }

  private List<Symbol> asBefore(Node.Apply node, List<Symbol> in) {
    var wide = new ArrayList<Symbol>();
    for (int i = 0; i < in.size(); i++) {
      wide.add(cast(node, in.get(i), graph.type(node.inputs().get(i)).dtype()));
    }
    return wide;
  }

  /**
   * A conversion for one reader. Conversions of one value are not shared here but made one by
   * {@link Simplify}, after differentiation: so the gradients of several uses of a parameter are
   * added up in float32.
   */
  private static Symbol cast(Node.Apply node, Symbol value, DType type) {
    return value.dtype() == type
        ? value
        : Symbol.apply(new Casts.Cast(type), "", node.origin(), List.of(value)).getFirst();
  }
}
