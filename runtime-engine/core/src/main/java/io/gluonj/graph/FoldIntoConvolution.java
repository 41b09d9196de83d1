package io.gluonj.graph;

import io.gluonj.op.BinaryMath;
import io.gluonj.op.Conv;
import io.gluonj.op.Op;
import io.gluonj.op.ShapeOps;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Scales and shifts a convolution's weight and bias instead of its result, where all of them depend
 * on parameters alone: that is what a batch normalization does in prediction. Runs before images
 * get their order; pays where what depends on parameters alone is computed once.
 */
public final class FoldIntoConvolution {
  private static final int CHANNELS = 1;

  private final Graph graph;
  private final Map<Value, Integer> uses;
  private final Set<Integer> constant;

  /** Rebuilt convolutions of constant weights. */
  private final Set<Symbol> foldable = new HashSet<>();

  private FoldIntoConvolution(Graph graph) {
    this.graph = graph;
    this.uses = Uses.of(graph);
    this.constant = Parameters.dependents(graph);
  }

  public static Graph apply(Graph graph) {
    var pass = new FoldIntoConvolution(graph);
    return new Rewrite(graph, (id, node, in) -> pass.rebuild(node, in)).graph();
  }

  private List<Symbol> rebuild(Node.Apply node, List<Symbol> in) {
    if (node.op() instanceof Conv op) {
      List<Symbol> kept = Rewrite.keep(graph, node, in);
      boolean weights = node.inputs().stream().skip(1).allMatch(v -> constant.contains(v.node()));
      if (weights && !op.channelsLast()) {
        foldable.add(kept.getFirst());
      }
      return kept;
    }
    boolean scales = node.op() instanceof BinaryMath.Multiply;
    if (scales || node.op() instanceof BinaryMath.Add) {
      for (int i = 0; i < 2; i++) {
        if (folds(node, in, i)) {
          Symbol convolution = in.get(i);
          Shape channels = Shape.of(convolution.shape().dim(CHANNELS));
          Symbol other = shaped(node, in.get(1 - i), channels);
          Symbol result =
              scales ? scaled(node, convolution, other) : shifted(node, convolution, other);
          foldable.add(result);
          return List.of(result);
        }
      }
    }
    return Rewrite.keep(graph, node, in);
  }

  /** Whether input {@code i} is a convolution and the other one a constant for each channel. */
  private boolean folds(Node.Apply node, List<Symbol> in, int i) {
    return foldable.contains(in.get(i))
        && uses.getOrDefault(node.inputs().get(i), 0) == 1
        && constant.contains(node.inputs().get(1 - i).node())
        && in.get(1 - i).dtype() == in.get(i).dtype()
        && isOneForEachChannel(in.get(1 - i).shape(), in.get(i).shape());
  }

  /** Whether a shape broadcasts with images along all axes but that of the channels. */
  private static boolean isOneForEachChannel(Shape shape, Shape images) {
    int missing = images.rank() - shape.rank();
    if (missing < 0 || missing > CHANNELS) {
      return false;
    }
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dim(i) != (i + missing == CHANNELS ? images.dim(CHANNELS) : 1)) {
        return false;
      }
    }
    return true;
  }

  private static Symbol scaled(Node.Apply node, Symbol convolution, Symbol scale) {
    var in = new ArrayList<>(convolution.node().inputs());
    long[] wide = new long[in.get(1).shape().rank()];
    Arrays.fill(wide, 1);
    wide[0] = in.get(1).shape().dim(0);
    Symbol weight = shaped(node, scale, Shape.of(wide));
    in.set(1, apply(node, new BinaryMath.Multiply(), in.get(1), weight));
    if (in.size() > 2) {
      in.set(2, apply(node, new BinaryMath.Multiply(), in.get(2), scale));
    }
    return again(convolution, operator(convolution), in);
  }

  private static Symbol shifted(Node.Apply node, Symbol convolution, Symbol shift) {
    var in = new ArrayList<>(convolution.node().inputs());
    if (in.size() > 2) {
      in.set(2, apply(node, new BinaryMath.Add(), in.get(2), shift));
    } else {
      in.add(shift);
    }
    Conv op = operator(convolution);
    return again(convolution, new Conv(op.window(), op.groups(), true), in);
  }

  private static Conv operator(Symbol convolution) {
    return (Conv) Objects.requireNonNull(convolution.node().op());
  }

  /** The convolution at its place, with other inputs. */
  private static Symbol again(Symbol convolution, Conv op, List<Symbol> in) {
    return Symbol.apply(op, convolution.name(), convolution.node().origin(), in).getFirst();
  }

  private static Symbol shaped(Node.Apply node, Symbol symbol, Shape shape) {
    return symbol.shape().equals(shape) ? symbol : apply(node, new ShapeOps.ToShape(shape), symbol);
  }

  private static Symbol apply(Node.Apply node, Op op, Symbol... in) {
    return Symbol.apply(op, node.name(), node.origin(), List.of(in)).getFirst();
  }
}
