package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.backend.cpu.RecurrenceKernel.Extents;
import io.gluonj.op.Recurrence;
import io.gluonj.op.RecurrentCell;
import io.gluonj.op.RecurrentNests;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a {@link Recurrence} of float32 data: from the last step to the first one loop
 * and one matrix product, then the weight's gradient as one product over all steps.
 */
final class RecurrenceGradKernel implements Kernel {
  private final Recurrence.Grad op;
  private final Extents extents;
  private final Products products;
  private final Kernel step;
  private final @Nullable Kernel laterSteps;
  private final Kernel firstStep;
  private final @Nullable Kernel bias;

  RecurrenceGradKernel(Recurrence.Grad op, Shape states, LoopKernels loops) {
    this.op = op;
    this.extents = Extents.of(op.cell(), states);
    long rows = extents.rows();
    long units = extents.units();
    boolean own = op.cell().recurrentBias();
    this.products = Products.of(extents.batch(), units, rows, false, false, own);
    RecurrentNests.Step nest = extents.nests().backward(op.cells());
    this.step = loops.kernel(nest.nest(), nest.inputs());
    long later = (extents.steps() - 1) * extents.batch();
    this.laterSteps = later == 0 ? null : Products.transposedLeft(rows, units, later, false);
    this.firstStep = Products.transposedLeft(rows, units, extents.batch(), later > 0);
    this.bias =
        own
            ? loops.kernel(
                RecurrentNests.sumOfRows(extents.steps() * extents.batch(), rows, DType.FLOAT32),
                1)
            : null;
  }

  private long packed() {
    return RecurrenceKernel.aligned(products.packedBytes());
  }

  private long state() {
    return RecurrenceKernel.aligned(extents.state());
  }

  /** The packed weight, two gradients of states, two of memory cells, a GRU's own gradient. */
  @Override
  public long scratchBytes() {
    boolean own = op.cell().recurrentBias();
    long sums = bias == null ? 0 : RecurrenceKernel.aligned(bias.scratchBytes());
    return packed()
        + (op.cell().hasCell() ? 4 : 2) * state()
        + (own ? RecurrenceKernel.aligned(extents.steps() * extents.gates()) + sums : 0);
  }

  @Override
  public void run(long[] addresses) {
    new Run(addresses).run();
  }

  /** One run: where everything is. */
  private final class Run {
    private final long[] addresses;
    private final RecurrentCell cell = op.cell();
    private final Recurrence forward = op.forward();
    private final long steps = extents.steps();
    private final int inputs = op.gradient() + (op.cells() ? 2 : 1);
    private final long scratch;
    private final long carried;
    private final long dRecurrent;

    Run(long[] addresses) {
      this.addresses = addresses;
      this.scratch = addresses[addresses.length - 1];
      this.carried = scratch + packed();
      this.dRecurrent =
          cell.recurrentBias() ? carried + 2 * state() : addresses[inputs];
    }

    /** What step {@code s} gets from the one behind it; step -1 is the state before all. */
    private long dState(long s) {
      return s < 0
          ? addresses[inputs + op.stateOutput()]
          : carried + (s & 1) * state();
    }

    private long dCell(long s) {
      return s < 0
          ? addresses[inputs + op.stateOutput() + 1]
          : carried + (2 + (s & 1)) * state();
    }

    private long at(int input, long s, long bytes) {
      return addresses[input] + forward.at(s, steps) * bytes;
    }

    void run() {
      products.pack().run(new long[] {addresses[0], scratch});
      HostMemory.view(dState(steps - 1), extents.state()).fill((byte) 0);
      if (cell.hasCell()) {
        HostMemory.view(dCell(steps - 1), extents.state()).fill((byte) 0);
      }
      long[] operands = new long[10];
      long[] multiply = {0, scratch, 0};
      for (long s = steps - 1; s >= 0; s--) {
        step.run(java.util.Arrays.copyOf(operands, operands(s, operands)));
        multiply[0] = dRecurrent + forward.at(s, steps) * extents.gates();
        multiply[2] = dState(s - 1);
        products.product().run(multiply);
      }
      weight();
    }

    /** Fills in the operands of a step's loop and says how many there are. */
    private int operands(long s, long[] operands) {
      long state = extents.state();
      int n = 0;
      operands[n++] = at(op.gradient(), s, state);
      operands[n++] = dState(s);
      if (!cell.readsPrevious()) {
        operands[n++] = at(op.states(), s, state);
      } else {
        int memory = cell.hasCell() ? 1 : 0;
        operands[n++] = at(op.keptInput(), s, extents.kept());
        operands[n++] =
            s == 0 ? addresses[1 + memory] : at(op.states() + memory, s - 1, state);
      }
      if (cell.hasCell()) {
        operands[n++] = at(op.states() + 1, s, state);
        operands[n++] = dCell(s);
      }
      if (op.cells()) {
        operands[n++] = at(op.gradient() + 1, s, state);
      }
      operands[n++] = at(inputs, s, extents.gates());
      if (cell.recurrentBias()) {
        operands[n++] = dRecurrent + forward.at(s, steps) * extents.gates();
      }
      if (cell.hasCell()) {
        operands[n++] = dCell(s - 1);
      } else if (cell.readsPrevious()) {
        operands[n++] = dState(s - 1); // the product is added to it
      }
      return n;
    }

    private void weight() {
      long result = addresses[inputs + 1];
      long gates = extents.gates();
      if (laterSteps != null) {
        // a step and the state before it are one step apart in memory, whichever comes first
        laterSteps.run(
            new long[] {
              dRecurrent + (op.reverse() ? 0 : gates),
              addresses[op.states()] + (op.reverse() ? extents.state() : 0),
              result
            });
      }
      firstStep.run(
          new long[] {dRecurrent + forward.at(0, steps) * gates, addresses[1], result});
      if (bias != null) {
        long own = dRecurrent + RecurrenceKernel.aligned(steps * gates);
        bias.run(new long[] {dRecurrent, addresses[inputs + 2], own});
      }
    }
  }
}
