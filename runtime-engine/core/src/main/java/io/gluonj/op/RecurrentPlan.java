package io.gluonj.op;

import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The work of a {@link Recurrence} or its gradient, task by task, for backends that run it as a
 * whole: which kernel runs on what memory. A task depends on those before it.
 *
 * @param steps number of steps
 * @param batch number of sequences
 * @param units size of a state
 * @param scratch elements of scratch memory
 */
public record RecurrentPlan(
    RecurrentCell cell, long steps, long batch, long units, List<Task> tasks, long scratch) {
  /** Areas of scratch memory begin at multiples of so many elements. */
  private static final long ALIGNMENT = 64;

  /** What a task does, and its places. */
  public enum Kind {
    /** Clears (N, H). */
    CLEAR,
    /**
     * Forward: (N, H) x weight' [+ bias] = (N, G H). Backward: (N, G H) x weight = (N, H), added to
     * what is there if the cell {@link RecurrentCell#recurrentBias has its own bias}.
     */
    PRODUCT,
    /** The operands of {@link RecurrentNests#forward} or {@link RecurrentNests#backward}. */
    STEP,
    /** ((T - 1) N, G H)' x ((T - 1) N, H) = (G H, H). */
    WEIGHT_OF_LATER_STEPS,
    /** (N, G H)' x (N, H) = (G H, H), added to what is there if there are later steps. */
    WEIGHT_OF_FIRST_STEP,
    /** Sum of the rows of (T N, G H). */
    BIAS
  }

  /**
   * A place in memory.
   *
   * @param operand number among the operator's inputs and outputs, or {@link #SCRATCH}
   * @param offset in elements
   */
  public record Place(int operand, long offset) {
    public static final int SCRATCH = -1;
  }

  /** One call of a kernel. */
  public record Task(Kind kind, List<Place> places) {
    public Task {
      places = List.copyOf(places);
    }
  }

  public RecurrentPlan {
    tasks = List.copyOf(tasks);
  }

  /** The plan of a recurrence with states (T, N, H). */
  public static RecurrentPlan of(Recurrence op, Shape states) {
    return new Forward(op, states).plan();
  }

  /** The plan of a gradient that is given none of what was kept. */
  public static RecurrentPlan of(Recurrence.Grad op, Shape states) {
    return new Backward(op, states).plan();
  }

  /** Rows of the weight. */
  public long rows() {
    return cell.gates() * units;
  }

  private static long aligned(long elements) {
    return Math.ceilDiv(elements, ALIGNMENT) * ALIGNMENT;
  }

  /** What both directions share: sizes, and where the values of a step are. */
  private abstract static class Builder {
    final RecurrentCell cell;
    final Recurrence op;
    final long steps;
    final long batch;
    final long units;
    final long state;
    final List<Task> tasks = new ArrayList<>();

    Builder(Recurrence op, Shape states) {
      this.op = op;
      this.cell = op.cell();
      this.steps = states.dim(0);
      this.batch = states.dim(1);
      this.units = states.dim(2);
      this.state = batch * units;
    }

    /** Values of step {@code s} in a sequence with {@code parts} numbers for each unit. */
    Place at(int operand, long s, int parts) {
      return new Place(operand, op.at(s, steps) * parts * state);
    }

    static Place whole(int operand) {
      return new Place(operand, 0);
    }

    void add(Kind kind, List<Place> places) {
      tasks.add(new Task(kind, places));
    }

    RecurrentPlan plan(long scratch) {
      return new RecurrentPlan(cell, steps, batch, units, tasks, scratch);
    }
  }

  private static final class Forward extends Builder {
    Forward(Recurrence op, Shape states) {
      super(op, states);
    }

    RecurrentPlan plan() {
      int first = op.state();
      int memory = cell.hasCell() ? 1 : 0;
      int states = first + 1 + memory;
      Place product = new Place(Place.SCRATCH, 0);
      for (long s = 0; s < steps; s++) {
        var factors = new ArrayList<Place>();
        factors.add(s == 0 ? whole(first) : at(states, s - 1, 1));
        factors.add(whole(Recurrence.WEIGHT));
        if (cell.recurrentBias()) {
          factors.add(whole(Recurrence.WEIGHT + 1));
        }
        factors.add(product);
        add(Kind.PRODUCT, factors);
        var operands = new ArrayList<Place>();
        operands.add(at(Recurrence.PROJECTED, s, cell.gates()));
        operands.add(product);
        if (cell.readsPrevious()) {
          operands.add(s == 0 ? whole(first + memory) : at(states + memory, s - 1, 1));
        }
        for (int k = 0; k < op.outputs(); k++) {
          operands.add(at(states + k, s, k < op.visibleOutputs() ? 1 : cell.kept()));
        }
        add(Kind.STEP, operands);
      }
      return plan(cell.gates() * state);
    }
  }

  private static final class Backward extends Builder {
    private final Recurrence.Grad grad;
    private final int inputs;
    private final long carried;

    Backward(Recurrence.Grad grad, Shape states) {
      super(grad.forward(), states);
      this.grad = grad;
      this.inputs = grad.gradient() + (grad.cells() ? 2 : 1);
      this.carried = aligned(state);
    }

    /**
     * What step {@code s} gets from the one behind it; step -1 is the state before all. Neighbours
     * lie apart, because one is written while the other is read.
     */
    private Place carried(long s, int which) {
      return s < 0
          ? whole(inputs + grad.stateOutput() + which)
          : new Place(Place.SCRATCH, (2L * which + (s & 1)) * carried);
    }

    /** A GRU's gradients of the recurrent product; of others, those of the projected input. */
    private Place recurrent(long s) {
      Place own = at(inputs, s, cell.gates());
      return cell.recurrentBias() ? new Place(Place.SCRATCH, 2 * carried + own.offset()) : own;
    }

    RecurrentPlan plan() {
      add(Kind.CLEAR, List.of(carried(steps - 1, 0)));
      if (cell.hasCell()) {
        add(Kind.CLEAR, List.of(carried(steps - 1, 1)));
      }
      for (long s = steps - 1; s >= 0; s--) {
        add(Kind.STEP, operands(s));
        add(Kind.PRODUCT, List.of(recurrent(s), whole(0), carried(s - 1, 0)));
      }
      weight();
      boolean own = cell.recurrentBias();
      return plan((cell.hasCell() ? 4 : 2) * carried + (own ? steps * cell.gates() * state : 0));
    }

    private List<Place> operands(long s) {
      var operands = new ArrayList<Place>();
      operands.add(at(grad.gradient(), s, 1));
      operands.add(carried(s, 0));
      if (!cell.readsPrevious()) {
        operands.add(at(grad.states(), s, 1));
      } else {
        int memory = cell.hasCell() ? 1 : 0;
        operands.add(at(grad.keptInput(), s, cell.kept()));
        operands.add(s == 0 ? whole(1 + memory) : at(grad.states() + memory, s - 1, 1));
      }
      if (cell.hasCell()) {
        operands.add(at(grad.states() + 1, s, 1));
        operands.add(carried(s, 1));
      }
      if (grad.cells()) {
        operands.add(at(grad.gradient() + 1, s, 1));
      }
      operands.add(at(inputs, s, cell.gates()));
      if (cell.recurrentBias()) {
        operands.add(recurrent(s));
      }
      if (cell.readsPrevious()) { // to a GRU's the product is added
        operands.add(carried(s - 1, cell.hasCell() ? 1 : 0));
      }
      return operands;
    }

    private void weight() {
      Place result = whole(inputs + 1);
      if (steps > 1) {
        // a step and the state before it are one step apart in memory, whichever comes first
        Place gates = recurrent(grad.reverse() ? steps - 1 : 1);
        Place states = at(grad.states(), grad.reverse() ? steps - 2 : 0, 1);
        add(Kind.WEIGHT_OF_LATER_STEPS, List.of(gates, states, result));
      }
      add(Kind.WEIGHT_OF_FIRST_STEP, List.of(recurrent(0), whole(1), result));
      if (cell.recurrentBias()) {
        Place all = recurrent(grad.reverse() ? steps - 1 : 0);
        add(Kind.BIAS, List.of(all, whole(inputs + 2)));
      }
    }
  }
}
