package io.gluonj.graph;

import io.gluonj.op.Op;
import io.gluonj.op.Vjp;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of a graph: adds the gradient of its outputs with respect to some of
 * its variables, by running every operator's {@link Op#vjp} from the outputs back.
 */
public final class Differentiate {
  private Differentiate() {}

  /**
   * A graph together with its gradient.
   *
   * @param graph variables: those of the differentiated graph, then one head gradient for each
   *     output; outputs: those of the differentiated graph, then the gradients
   * @param outputs number of outputs of the differentiated graph
   * @param gradients for each variable asked for, the position of its gradient among {@code
   *     graph.outputs()}, or -1 where the outputs do not depend on it
   */
  public record Joint(Graph graph, int outputs, List<Integer> gradients) {}

  /**
   * Differentiates.
   *
   * @param graph typed, without composites that lack a gradient of their own
   * @param wrt positions in {@link Graph#inputs()} of the variables
   */
  public static Joint apply(Graph graph, List<Integer> wrt) {
    var heads = new ArrayList<Symbol>();
    return apply(
        graph,
        wrt,
        graph.outputs().size(),
        output -> {
          String name = "head_grad" + heads.size();
          heads.add(Symbol.var(name, output.type(), Symbol.Role.HEAD_GRADIENT, Map.of()));
          return heads.getLast();
        },
        heads);
  }

  /**
   * Differentiates the sum of the first output's elements.
   *
   * @param graph typed, without composites that lack a gradient of their own
   * @param wrt positions in {@link Graph#inputs()} of the variables
   * @return a joint without head gradients
   */
  static Joint ofSum(Graph graph, List<Integer> wrt) {
    return apply(graph, wrt, 1, Symbol::onesLike, List.of());
  }

  /**
   * Differentiates a multiple of the sum of the first output's elements.
   *
   * @param graph typed, without composites that lack a gradient of their own
   * @param wrt positions in {@link Graph#inputs()} of the variables
   * @param factor a variable of rank 0
   * @return a joint whose only head is the factor
   */
  static Joint ofMultiple(Graph graph, List<Integer> wrt, Symbol factor) {
    return apply(graph, wrt, 1, output -> output.onesLike().mul(factor), List.of(factor));
  }

  private static Joint apply(
      Graph graph,
      List<Integer> wrt,
      int differentiated,
      UnaryOperator<Symbol> head,
      List<Symbol> heads) {
    Rewrite same = new Rewrite(graph);
    Set<Integer> active = active(graph, wrt);
    Map<Value, Tensor> gradients = new HashMap<>();
    for (Value output : graph.outputs().subList(0, differentiated)) {
      Symbol gradient = head.apply(same.symbol(output));
      if (active.contains(output.node())) {
        gradients.merge(output, gradient, Tensor::add);
      }
    }
    var variables = new ArrayList<>(same.variables());
    variables.addAll(heads);
    for (int id = graph.nodes().size() - 1; id >= 0; id--) {
      if (graph.nodes().get(id) instanceof Node.Apply node && active.contains(id)) {
        int at = id;
        ScopedValue.where(Origin.INHERITED, node.origin())
            .run(() -> propagate(at, node, same, active, gradients));
      }
    }
    var outputs = new ArrayList<>(graph.outputs().stream().map(same::symbol).toList());
    var positions = new ArrayList<Integer>();
    for (int input : wrt) {
      Tensor gradient = gradients.get(new Value(graph.inputs().get(input), 0));
      positions.add(gradient == null ? -1 : outputs.size());
      if (gradient != null) {
        outputs.add((Symbol) gradient);
      }
    }
    Graph joint = Graph.of(variables, outputs, new LinkedHashMap<>(same.updates()));
    return new Joint(joint, graph.outputs().size(), positions);
  }

  /** The nodes whose value depends on the variables. */
  private static Set<Integer> active(Graph graph, List<Integer> wrt) {
    var active = new HashSet<Integer>();
    wrt.forEach(i -> active.add(graph.inputs().get(i)));
    for (int id = 0; id < graph.nodes().size(); id++) {
      if (graph.nodes().get(id) instanceof Node.Apply node
          && node.inputs().stream().anyMatch(v -> active.contains(v.node()))) {
        active.add(id);
      }
    }
    return active;
  }

  private static void propagate(
      int id, Node.Apply node, Rewrite same, Set<Integer> active, Map<Value, Tensor> gradients) {
    var dy = new ArrayList<@Nullable Tensor>();
    var out = new ArrayList<Tensor>();
    for (int k = 0; k < node.types().size(); k++) {
      dy.add(gradients.get(new Value(id, k)));
      out.add(same.symbol(new Value(id, k)));
    }
    if (dy.stream().allMatch(g -> g == null)) {
      return;
    }
    var in = new ArrayList<Tensor>();
    boolean[] needed = new boolean[node.inputs().size()];
    for (int i = 0; i < needed.length; i++) {
      in.add(same.symbol(node.inputs().get(i)));
      needed[i] = active.contains(node.inputs().get(i).node());
    }
    new Vjp(node.op(), in, out, dy, needed)
        .run()
        .forEach((i, g) ->
            gradients.merge(node.inputs().get(i), typed(g, in.get(i).dtype()), Tensor::add));
  }

  /** Rules compute in the promoted type of all inputs; a gradient has the type of its own input. */
  private static Tensor typed(Tensor gradient, DType type) {
    return gradient.dtype() == type || !type.isFloating() ? gradient : gradient.cast(type);
  }
}
