package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The gradient of a {@link Recurrence} step by step, in other operators. */
final class RecurrentSteps {
  private final Recurrence.Grad op;
  private final RecurrentCell cell;
  private final Expansion e;
  private final long steps;

  RecurrentSteps(Recurrence.Grad op, Expansion e) {
    this.op = op;
    this.cell = op.cell();
    this.e = e;
    this.steps = e.shape(op.states()).dim(0);
  }

  /** Lists of {@code steps} places to be filled. */
  static List<List<Tensor>> columns(int count, long steps) {
    return IntStream.range(0, count).mapToObj(k -> Arrays.asList(new Tensor[(int) steps])).toList();
  }

  /** One step (N, …) of a sequence (T, N, …). */
  static Tensor step(Tensor sequence, long at) {
    return sequence.sliceAxis(0, at, at + 1).reshapeTo(sequence.shape().remove(0));
  }

  /** Equal parts along the last axis of a matrix. */
  static List<Tensor> parts(Tensor matrix, int count) {
    long extent = matrix.shape().dim(1) / count;
    return IntStream.range(0, count)
        .mapToObj(k -> matrix.sliceAxis(1, k * extent, (k + 1) * extent))
        .toList();
  }

  /** The sequence of matrices. */
  static Tensor joined(List<Tensor> matrices) {
    return Ops.call(
        new Concat(0), matrices.stream().map(m -> m.expandDims(0)).toArray(Tensor[]::new));
  }

  /** The value before a step: that of another step, or what it all began with. */
  private Tensor before(int sequence, Tensor first, long s) {
    return s == 0 ? first : step(e.in(sequence), op.forward().at(s - 1, steps));
  }

  List<Tensor> gradients() {
    int gates = cell.gates();
    boolean own = cell.recurrentBias(); // the two gradients of the gates differ
    var dProjected = columns(gates, steps);
    var dRecurrent = columns(gates, steps);
    Tensor weight = e.in(0);
    Tensor dState = e.in(1).zerosLike();
    Tensor dCell = dState;
    for (long s = steps - 1; s >= 0; s--) {
      long at = op.forward().at(s, steps);
      var arguments = new ArrayList<Tensor>();
      var gradient = cell.backward(arguments(s, at, dState, dCell, arguments));
      for (int k = 0; k < gates; k++) {
        Tensor d = Fused.of(gradient.projected().get(k), arguments);
        dProjected.get(k).set((int) at, d);
        dRecurrent.get(k).set((int) at, own ? Fused.of(gradient.recurrent().get(k), arguments) : d);
      }
      dState = Ops.call(new MatMul(false, false, false), row(dRecurrent, at), weight);
      if (cell.hasCell()) {
        dCell = Fused.of(gradient.previous(), arguments);
      } else if (cell.readsPrevious()) {
        dState = dState.add(Fused.of(gradient.previous(), arguments));
      }
    }
    var out = new ArrayList<Tensor>();
    out.add(joined(rows(dProjected)));
    Tensor recurrent = flat(joined(rows(dRecurrent)));
    out.add(Ops.call(new MatMul(true, false, false), recurrent, flat(statesBefore())));
    if (own) {
      out.add(recurrent.sum(0));
    }
    out.add(dState);
    if (cell.hasCell()) {
      out.add(dCell);
    }
    return out;
  }

  /** Collects the arguments of a step's gradient and says which is which. */
  private RecurrentCell.Backward arguments(
      long s, long at, Tensor dState, Tensor dCell, List<Tensor> arguments) {
    Scalar previous = Scalar.of(0);
    Scalar memory = Scalar.of(0);
    if (cell.hasCell()) {
      previous = add(arguments, before(op.states() + 1, e.in(2), s));
      memory = add(arguments, step(e.in(op.states() + 1), at));
    } else if (cell.readsPrevious()) {
      previous = add(arguments, before(op.states(), e.in(1), s));
    }
    Scalar state = add(arguments, step(e.in(op.states()), at));
    Scalar dh = add(arguments, step(e.in(op.gradient()), at)).plus(add(arguments, dState));
    Scalar dc = cell.hasCell() ? add(arguments, dCell) : Scalar.of(0);
    if (op.cells()) {
      dc = dc.plus(add(arguments, step(e.in(op.gradient() + 1), at)));
    }
    List<Scalar> kept = cell.kept() > 0 ? addParts(arguments, op.keptInput(), at) : List.of();
    List<Scalar> dKept =
        op.kept() ? addParts(arguments, e.inputs().size() - 1, at) : Recurrence.Grad.nothing(cell);
    return new RecurrentCell.Backward(previous, state, memory, kept, dh, dc, dKept);
  }

  private List<Scalar> addParts(List<Tensor> arguments, int input, long at) {
    return parts(step(e.in(input), at), cell.kept()).stream().map(t -> add(arguments, t)).toList();
  }

  private static Scalar add(List<Tensor> arguments, Tensor tensor) {
    arguments.add(tensor);
    return Scalar.arg(arguments.size() - 1);
  }

  /** The gates of one step, side by side. */
  private static Tensor row(List<List<Tensor>> gates, long at) {
    return Ops.call(new Concat(1), gates.stream().map(g -> g.get((int) at)).toArray(Tensor[]::new));
  }

  private List<Tensor> rows(List<List<Tensor>> gates) {
    return IntStream.range(0, (int) steps).mapToObj(t -> row(gates, t)).toList();
  }

  /** The states before each step, in the places of the steps. */
  private Tensor statesBefore() {
    Tensor first = e.in(1).expandDims(0);
    if (steps == 1) {
      return first;
    }
    Tensor states = e.in(op.states());
    return op.reverse()
        ? Ops.call(new Concat(0), states.sliceAxis(0, 1, steps), first)
        : Ops.call(new Concat(0), first, states.sliceAxis(0, 0, steps - 1));
  }

  private static Tensor flat(Tensor sequence) {
    Shape shape = sequence.shape();
    return sequence.reshapeTo(Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2)));
  }
}
