package io.gluonj.graph;

import io.gluonj.op.Arguments;
import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Concat;
import io.gluonj.op.Op;
import io.gluonj.op.OverImages;
import io.gluonj.op.Reduce;
import io.gluonj.op.Scalar;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.SumTo;
import io.gluonj.op.Transpose;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Computes images with their channels last: operators over images and what lies between them. The
 * graph's variables and outputs stay as they are; where the two orders meet stands a transpose, or
 * a reshape where no element moves. A graph that would get more transposes than it has operators
 * over images stays as it is.
 */
public final class ChannelsLast {
  /** The channels-last form of what the pass has rebuilt, where it exists. */
  private final Map<Symbol, Symbol> last = new HashMap<>();

  /** What was computed channels last, so that what reads it should be, too. */
  private final Set<Symbol> images = new HashSet<>();

  private final Graph graph;

  private ChannelsLast(Graph graph) {
    this.graph = graph;
  }

  public static Graph apply(Graph graph) {
    Graph changed = always(graph);
    return count(changed, Transpose.class) - count(graph, Transpose.class)
            <= count(graph, OverImages.class)
        ? changed
        : graph;
  }

  /** The graph with images channels last, whatever it costs. */
  static Graph always(Graph graph) {
    var pass = new ChannelsLast(graph);
    return new Rewrite(graph, pass::rebuild).graph();
  }

  private static long count(Graph graph, Class<? extends Op> kind) {
    return graph.nodes().stream()
        .filter(n -> n instanceof Node.Apply a && kind.isInstance(a.op()))
        .count();
  }

  private List<Symbol> rebuild(int id, Node.Apply node, List<Symbol> in) {
    return switch (node.op()) {
      case OverImages op when !op.channelsLast() && in.getFirst().shape().rank() > 2 ->
          overImages(op, node, in);
      case Op.Pointwise op when node.types().size() == 1 && moves(op, node, in) ->
          pointwise(node, in);
      case Reduce op when images.contains(in.getFirst()) -> reduce(op, node, in.getFirst());
      case SumTo op when images.contains(in.getFirst()) -> sumTo(op, node, in.getFirst());
      case BroadcastTo _ when node.types().getFirst().shape().rank() > 2 ->
          broadcast(node, in.getFirst());
      case Concat op when in.stream().allMatch(images::contains) -> concat(op, node, in);
      case Op _ -> Rewrite.keep(graph, node, in);
    };
  }

  private List<Symbol> overImages(OverImages op, Node.Apply node, List<Symbol> in) {
    var moved = new ArrayList<Symbol>();
    for (int i = 0; i < in.size(); i++) {
      moved.add(op.isImages(i) ? last(in.get(i)) : in.get(i));
    }
    List<Symbol> out = Rewrite.replace(node, op.inOrder(true), moved);
    return IntStream.range(0, out.size())
        .mapToObj(k -> op.isImages(in.size() + k) ? known(out.get(k)) : out.get(k))
        .toList();
  }

  /** Whether an operator reads images and may compute them in any order. */
  private boolean moves(Op.Pointwise op, Node.Apply node, List<Symbol> in) {
    Shape shape = node.types().getFirst().shape();
    return in.stream().anyMatch(s -> images.contains(s) && s.shape().rank() == shape.rank())
        && op.apply(IntStream.range(0, in.size()).mapToObj(Scalar::arg).toList()).stream()
            .noneMatch(Arguments::positional);
  }

  private List<Symbol> pointwise(Node.Apply node, List<Symbol> in) {
    int rank = node.types().getFirst().shape().rank();
    List<Symbol> moved = in.stream().map(s -> aligned(s, rank)).toList();
    return List.of(known(Rewrite.replace(node, node.op(), moved).getFirst()));
  }

  /** A tensor that broadcasts with images of this rank, in channels-last form. */
  private Symbol aligned(Symbol symbol, int rank) {
    if (symbol.shape().size() == 1 && symbol.shape().rank() < rank) {
      return symbol;
    }
    return last(wide(symbol, rank));
  }

  /** The same elements with axes of extent 1 put in front. */
  private static Symbol wide(Symbol symbol, int rank) {
    return symbol.shape().rank() == rank
        ? symbol
        : apply(new ShapeOps.ToShape(wide(symbol.shape(), rank)), symbol);
  }

  private static Shape wide(Shape shape, int rank) {
    Shape all = shape;
    while (all.rank() < rank) {
      all = all.insert(0, 1);
    }
    return all;
  }

  private List<Symbol> reduce(Reduce op, Node.Apply node, Symbol in) {
    int rank = in.shape().rank();
    List<Integer> axes = op.axes(in.shape());
    boolean sameOrder =
        axes.contains(1) || IntStream.range(2, rank).allMatch(axes::contains); // of what remains
    if (!op.keepdims() && !sameOrder) {
      return Rewrite.keep(node, List.of(in));
    }
    List<Integer> moved = axes.stream().map(a -> moved(a, rank)).toList();
    Symbol out = Rewrite.replace(node, op.over(moved), List.of(last(in))).getFirst();
    return List.of(op.keepdims() ? known(out) : out);
  }

  /** Where an axis of channels-first images lies in channels-last ones. */
  private static int moved(int axis, int rank) {
    return axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1;
  }

  private List<Symbol> sumTo(SumTo op, Node.Apply node, Symbol in) {
    int rank = in.shape().rank();
    Shape target = OverImages.inOrder(wide(op.shape(), rank), false, true);
    Symbol out = Rewrite.replace(node, new SumTo(target), List.of(last(in))).getFirst();
    Symbol first = known(out);
    return List.of(
        op.shape().rank() == rank ? first : apply(new ShapeOps.ToShape(op.shape()), first));
  }

  /** Both forms are made; the one that nobody reads is dropped. */
  private List<Symbol> broadcast(Node.Apply node, Symbol in) {
    List<Symbol> out = Rewrite.keep(node, List.of(in));
    Shape shape = out.getFirst().shape();
    Shape moved = OverImages.inOrder(shape, false, true);
    Symbol small = last(wide(in, shape.rank()));
    last.put(
        out.getFirst(),
        Rewrite.replace(
                node, new BroadcastTo(Arrays.stream(moved.dims()).boxed().toList()), List.of(small))
            .getFirst());
    return out;
  }

  private List<Symbol> concat(Concat op, Node.Apply node, List<Symbol> in) {
    int rank = in.getFirst().shape().rank();
    int moved = moved(in.getFirst().shape().axis(op.dim()), rank);
    return List.of(
        known(
            Rewrite.replace(node, new Concat(moved), in.stream().map(this::last).toList())
                .getFirst()));
  }

  /** The channels-last form of channels-first images. */
  private Symbol last(Symbol first) {
    Symbol found = last.get(first);
    if (found == null) {
      found = reorder(first, true);
      last.put(first, found);
    }
    return found;
  }

  /** The channels-first form of images that were computed channels last. */
  private Symbol known(Symbol computed) {
    Symbol first = reorder(computed, false);
    last.put(first, computed);
    images.add(first);
    return first;
  }

  private static Symbol reorder(Symbol images, boolean channelsLast) {
    Shape shape = OverImages.inOrder(images.shape(), !channelsLast, channelsLast);
    long channels = images.shape().dim(channelsLast ? 1 : -1);
    boolean still = channels == 1 || shape.size() == shape.dim(0) * channels;
    Op op =
        still
            ? new ShapeOps.ToShape(shape)
            : OverImages.reorder(images.shape().rank(), channelsLast);
    return apply(op, images);
  }

  private static Symbol apply(Op op, Symbol in) {
    return Symbol.apply(op, "", Origin.NONE, List.of(in)).getFirst();
  }
}
