package io.gluonj.graph;

import io.gluonj.op.Activations;
import io.gluonj.op.BinaryMath;
import io.gluonj.op.Conv;
import io.gluonj.op.ConvActivation;
import io.gluonj.op.Op;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Lets convolutions add what is added to their result and rectify it before they store it. Runs
 * after differentiation and where images have their order.
 */
public final class ActivateInConvolution {
  private final Graph graph;
  private final Map<Value, Integer> uses;
  private final BiPredicate<Op.Composite, List<TensorType>> runsWhole;

  private ActivateInConvolution(
      Graph graph, BiPredicate<Op.Composite, List<TensorType>> runsWhole) {
    this.graph = graph;
    this.uses = Uses.of(graph);
    this.runsWhole = runsWhole;
  }

  /**
   * The pass.
   *
   * @param runsWhole which composite operators the device has kernels for
   */
  public static Graph apply(Graph graph, BiPredicate<Op.Composite, List<TensorType>> runsWhole) {
    var pass = new ActivateInConvolution(graph, runsWhole);
    return new Rewrite(graph, (id, node, in) -> pass.rebuild(node, in)).graph();
  }

  private List<Symbol> rebuild(Node.Apply node, List<Symbol> in) {
    return switch (node.op()) {
      case Activations.Relu _ -> activated(node, in);
      case BinaryMath.Add _ -> added(node, in);
      case Op _ -> Rewrite.keep(graph, node, in);
    };
  }

  private boolean isOnlyReader(Node.Apply node, int input) {
    return uses.getOrDefault(node.inputs().get(input), 0) == 1;
  }

  private List<Symbol> activated(Node.Apply node, List<Symbol> in) {
    Symbol data = in.getFirst();
    if (isOnlyReader(node, 0)) {
      List<Symbol> inputs = data.node().inputs();
      if (data.node().op() instanceof Conv op) {
        return orKeep(node, in, ConvActivation.of(op, false, true), inputs);
      }
      if (data.node().op() instanceof ConvActivation op && !op.relu()) {
        return orKeep(node, in, op.rectified(), inputs);
      }
    }
    return Rewrite.keep(graph, node, in);
  }

  private List<Symbol> added(Node.Apply node, List<Symbol> in) {
    for (int i = 0; i < 2; i++) {
      Symbol other = in.get(1 - i);
      if (in.get(i).node().op() instanceof Conv op
          && isOnlyReader(node, i)
          && other.type().equals(in.get(i).type())) {
        var inputs = new ArrayList<>(in.get(i).node().inputs());
        inputs.add(other);
        return orKeep(node, in, ConvActivation.of(op, true, false), inputs);
      }
    }
    return Rewrite.keep(graph, node, in);
  }

  private List<Symbol> orKeep(
      Node.Apply node, List<Symbol> in, ConvActivation op, List<Symbol> inputs) {
    return runsWhole.test(op, inputs.stream().map(Symbol::type).toList())
        ? Rewrite.replace(node, op, inputs)
        : Rewrite.keep(graph, node, in);
  }
}
