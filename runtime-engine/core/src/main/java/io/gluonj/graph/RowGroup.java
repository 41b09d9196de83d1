package io.gluonj.graph;

import io.gluonj.op.Arguments;
import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Generators;
import io.gluonj.op.Nests;
import io.gluonj.op.Op;
import io.gluonj.op.Reduce;
import io.gluonj.op.Scalar;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.SumTo;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Nodes that compute over the rows of one shape: pointwise operators on the whole, reductions along
 * rows, pointwise operators on what was reduced. All values that they compute are float32.
 */
final class RowGroup {
  /** What a member computes. */
  enum Kind {
    /** A value for each position. */
    WHOLE,
    /** A value for each row, in the order of rows. */
    ROW
  }

  private final Graph graph;
  private final Shape space;
  private final int rowAxis;
  private final TreeSet<Integer> members = new TreeSet<>();

  private RowGroup(Graph graph, Shape space, int rowAxis) {
    this.graph = graph;
    this.space = space;
    this.rowAxis = rowAxis;
  }

  /** The group of a reduction along rows and nothing else; empty where a node is none. */
  static Optional<RowGroup> around(Graph graph, int id) {
    if (!(graph.nodes().get(id) instanceof Node.Apply node) || node.inputs().isEmpty()) {
      return Optional.empty();
    }
    TensorType in = graph.type(node.inputs().getFirst());
    int axis = rowAxis(node, in.shape());
    if (axis < 0) {
      return Optional.empty();
    }
    RowGroup group = new RowGroup(graph, in.shape(), axis);
    if (group.kind(id).isEmpty()) {
      return Optional.empty();
    }
    group.members.add(id);
    return Optional.of(group);
  }

  Graph graph() {
    return graph;
  }

  /** The shape whose rows are computed. */
  Shape space() {
    return space;
  }

  /** The first axis of a row. */
  int rowAxis() {
    return rowAxis;
  }

  /** Members in the order of the graph. */
  Set<Integer> members() {
    return members;
  }

  Node.Apply node(int id) {
    return (Node.Apply) graph.nodes().get(id);
  }

  long rows() {
    return space.sizeTo(rowAxis);
  }

  long rowLength() {
    return space.sizeFrom(rowAxis);
  }

  /** The first reduced axis, if all axes from there on are reduced and none before; else -1. */
  private static int rowAxis(Node.Apply node, Shape in) {
    boolean[] reduced = new boolean[in.rank()];
    switch (node.op()) {
      case Reduce reduce -> reduce.axes(in).forEach(axis -> reduced[axis] = true);
      case SumTo(Shape to) -> {
        for (int i = 0; i < reduced.length; i++) {
          int own = i - (reduced.length - to.rank());
          reduced[i] = own < 0 || to.dim(own) == 1;
        }
      }
      case Op _ -> {
        return -1;
      }
    }
    int first = -1;
    for (int i = 0; i < reduced.length; i++) {
      boolean counts = in.dim(i) != 1;
      if (counts && reduced[i] && first < 0) {
        first = i;
      } else if (counts && !reduced[i] && first >= 0) {
        return -1;
      }
    }
    return first;
  }

  /** What a node would compute as a member beside the present ones; empty if it cannot be one. */
  Optional<Kind> kind(int id) {
    if (!(graph.nodes().get(id) instanceof Node.Apply node)
        || node.types().size() != 1
        || node.types().getFirst().dtype() != DType.FLOAT32
        || !node.inputs().stream().allMatch(v -> narrow(graph.type(v).dtype()))) {
      return Optional.empty();
    }
    Shape out = node.types().getFirst().shape();
    return switch (node.op()) {
      case Generators _ -> Optional.empty();
      case Op.Pointwise op when out.equals(space) -> pointwise(op, node);
      case Op.Pointwise op when out.size() == rows() -> ofRows(op, node);
      case Reduce _, SumTo _ -> reduction(node);
      case BroadcastTo _ when out.equals(space) ->
          member(node.inputs().getFirst()) && spreads(node.inputs().getFirst())
              ? Optional.of(Kind.WHOLE)
              : Optional.empty();
      case ShapeOps _ when out.size() == rows() && node.inputs().size() == 1 ->
          isRow(node.inputs().getFirst()) ? Optional.of(Kind.ROW) : Optional.empty();
      case Op _ -> Optional.empty();
    };
  }

  /** Whether arithmetic of float32 is right for a type. */
  private static boolean narrow(DType type) {
    return switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16, INT8, UINT8, BOOL -> true;
      case FLOAT64, INT32, INT64 -> false;
    };
  }

  boolean member(Value value) {
    return members.contains(value.node());
  }

  private boolean isRow(Value value) {
    return member(value) && kindOf(value) == Kind.ROW;
  }

  /** What a member computes. */
  Kind kindOf(Value value) {
    boolean reduction =
        node(value.node()).op() instanceof Reduce || node(value.node()).op() instanceof SumTo;
    return !reduction && graph.type(value).shape().equals(space) ? Kind.WHOLE : Kind.ROW;
  }

  private Optional<Kind> reduction(Node.Apply node) {
    Value input = node.inputs().getFirst();
    boolean whole =
        graph.type(input).shape().equals(space)
            && rowAxis(node, space) == rowAxis
            && graph.type(input).dtype() == DType.FLOAT32
            && !isRow(input);
    return whole ? Optional.of(Kind.ROW) : Optional.empty();
  }

  private Optional<Kind> pointwise(Op.Pointwise op, Node.Apply node) {
    boolean fits =
        !draws(body(op, node), node.inputs().size())
            && node.inputs().stream().filter(this::isRow).allMatch(this::spreads);
    return fits ? Optional.of(Kind.WHOLE) : Optional.empty();
  }

  private Optional<Kind> ofRows(Op.Pointwise op, Node.Apply node) {
    Shape out = node.types().getFirst().shape();
    boolean fits =
        node.inputs().stream().anyMatch(this::isRow)
            && !Arguments.positional(body(op, node))
            && node.inputs().stream()
                .allMatch(v ->
                    member(v)
                        ? isRow(v) && graph.type(v).shape().size() == rows()
                        : rowSteps(graph.type(v).shape(), out).isPresent());
    return fits ? Optional.of(Kind.ROW) : Optional.empty();
  }

  /** The expression of an operator, over its inputs. */
  static Scalar body(Op.Pointwise op, Node.Apply node) {
    return op.apply(IntStream.range(0, node.inputs().size()).mapToObj(Scalar::arg).toList())
        .getFirst();
  }

  private static boolean draws(Scalar body, int inputs) {
    return IntStream.range(0, inputs).anyMatch(i -> Arguments.isKey(body, i));
  }

  /** Whether a value of rows, read by an operator on the whole, is that of the reader's row. */
  private boolean spreads(Value value) {
    Shape shape = graph.type(value).shape();
    int shift = space.rank() - shape.rank();
    return shift >= 0
        && IntStream.range(0, space.rank())
            .allMatch(
                i -> (i < shift ? 1 : shape.dim(i - shift)) == (i < rowAxis ? space.dim(i) : 1));
  }

  /** Steps along the parallel axes of a value that an operator on rows reads. */
  Optional<List<Long>> rowSteps(Shape read, Shape out) {
    if (read.size() == 1) {
      return Optional.of(steps(new long[rowAxis]));
    }
    if (read.size() == out.size()) {
      return Optional.of(steps(Shape.of(parallel()).strides()));
    }
    boolean aligned =
        out.rank() >= rowAxis
            && IntStream.range(0, out.rank())
                .allMatch(i -> out.dim(i) == (i < rowAxis ? space.dim(i) : 1));
    return aligned
        ? Optional.of(steps(java.util.Arrays.copyOf(Nests.broadcastStrides(read, out), rowAxis)))
        : Optional.empty();
  }

  private long[] parallel() {
    return java.util.Arrays.copyOf(space.dims(), rowAxis);
  }

  /** Steps of one value for each row, in their order. */
  List<Long> rowSteps() {
    return steps(Shape.of(parallel()).strides());
  }

  /** Steps of a value that an operator on the whole reads. */
  List<Long> wholeSteps(Shape read) {
    return steps(Nests.broadcastStrides(read, space));
  }

  /** Steps for all axes; there are none along those that are not given. */
  private List<Long> steps(long[] given) {
    var all = new ArrayList<Long>();
    for (int i = 0; i < space.rank(); i++) {
      all.add(i < given.length ? given[i] : 0L);
    }
    return all;
  }
}
