package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * What backends that run a {@link Recurrence} as a whole compute of one step beside the products: a
 * loop nest over the units of a batch. A kernel runs it for every step, at other addresses.
 *
 * @param batch number of sequences
 * @param units size of a state
 */
public record RecurrentNests(RecurrentCell cell, long batch, long units, DType type) {
  /**
   * A nest and its number of inputs.
   *
   * @param inputs operands before the outputs
   */
  public record Step(LoopNest nest, int inputs) {}

  /**
   * One step. Inputs: projected input (N, G H), recurrent product (N, G H) and, if the cell reads
   * it, the memory cell or state before the step (N, H). Outputs: the state, the memory cell if
   * there is one, what is kept (N, K H) if anything is.
   */
  public Step forward() {
    var nest = new Builder();
    List<Scalar> p = nest.inputs(cell.gates());
    List<Scalar> q = nest.inputs(cell.gates());
    Scalar previous = cell.readsPrevious() ? nest.input() : Scalar.of(0);
    List<Scalar> values = cell.forward(p, q, previous);
    int states = cell.hasCell() ? 2 : 1;
    values.subList(0, states).forEach(v -> nest.outputs(List.of(v)));
    nest.outputs(values.subList(states, values.size()));
    return nest.step();
  }

  /**
   * The gradient of one step. Inputs: the gradient of the state from outside and that from the step
   * behind (N, H), the state; or if the cell keeps something, instead of the state, what was kept
   * (N, K H) and the state or memory cell before the step, and for an LSTM the memory cell, its
   * gradient from the step behind and, with {@code cells}, that from outside. Outputs: the gradient
   * of the projected input (N, G H), for a GRU that of the recurrent product, and if the cell reads
   * it, the gradient of what was before the step.
   */
  public Step backward(boolean cells) {
    var nest = new Builder();
    Scalar dState = nest.input().plus(nest.input());
    Scalar none = Scalar.of(0);
    Scalar state = cell.readsPrevious() ? none : nest.input();
    List<Scalar> kept = cell.kept() > 0 ? nest.inputs(cell.kept()) : List.of();
    Scalar previous = cell.readsPrevious() ? nest.input() : none;
    Scalar memory = cell.hasCell() ? nest.input() : none;
    Scalar dCell = cell.hasCell() ? nest.input() : none;
    if (cells) {
      dCell = dCell.plus(nest.input());
    }
    RecurrentCell.Gradient gradient =
        cell.backward(
            new RecurrentCell.Backward(
                previous, state, memory, kept, dState, dCell, Recurrence.Grad.nothing(cell)));
    nest.outputs(gradient.projected());
    if (cell.recurrentBias()) {
      nest.outputs(gradient.recurrent());
    }
    if (cell.readsPrevious()) {
      nest.outputs(List.of(gradient.previous()));
    }
    return nest.step();
  }

  /** The sum over all rows of a matrix: the gradient of the bias. */
  public static LoopNest sumOfRows(long rows, long columns, DType type) {
    return new LoopNest(
        List.of(columns),
        List.of(rows),
        List.of(new Access(0, type, 0, List.of(1L, columns))),
        List.of(new Store(new Access(0, type, 0, List.of(1L, 0L)), Scalar.arg(0), Scalar.arg(0))),
        Reduction.SUM);
  }

  /** Collects operands of {@code count} parts of {@code units} elements in each row. */
  private final class Builder {
    private final List<Access> loads = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    private int operands;
    private int results;

    private Access part(int operand, int k, int count) {
      return new Access(operand, type, k * units, List.of(count * units, 1L));
    }

    List<Scalar> inputs(int count) {
      var arguments = new ArrayList<Scalar>();
      for (int k = 0; k < count; k++) {
        arguments.add(Scalar.arg(loads.size()));
        loads.add(part(operands, k, count));
      }
      operands++;
      return arguments;
    }

    Scalar input() {
      return inputs(1).getFirst();
    }

    void outputs(List<Scalar> values) {
      for (int k = 0; k < values.size(); k++) {
        stores.add(new Store(part(results, k, values.size()), values.get(k), Scalar.arg(0)));
      }
      results++;
    }

    Step step() {
      var nest = new LoopNest(List.of(batch, units), List.of(), loads, stores, Reduction.NONE);
      return new Step(nest, operands);
    }
  }
}
