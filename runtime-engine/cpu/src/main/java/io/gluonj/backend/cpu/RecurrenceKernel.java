package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.op.Recurrence;
import io.gluonj.op.RecurrentCell;
import io.gluonj.op.RecurrentNests;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;

/**
 * A {@link Recurrence} of float32 data: for each step a matrix product with the packed weight and
 * one loop over everything else. What it allocates is two small arrays of addresses for each run.
 */
final class RecurrenceKernel implements Kernel {
  /** Sizes of a recurrence; areas and offsets are in bytes. */
  record Extents(long steps, long batch, long units, RecurrentCell cell) {
    static Extents of(RecurrentCell cell, Shape states) {
      return new Extents(states.dim(0), states.dim(1), states.dim(2), cell);
    }

    /** Bytes of one step's state. */
    long state() {
      return batch * units * DType.FLOAT32.bytes();
    }

    /** Bytes of one step's gates. */
    long gates() {
      return cell.gates() * state();
    }

    /** Bytes of what is kept of one step. */
    long kept() {
      return cell.kept() * state();
    }

    /** Rows of the weight. */
    long rows() {
      return cell.gates() * units;
    }

    RecurrentNests nests() {
      return new RecurrentNests(cell, batch, units, DType.FLOAT32);
    }
  }

  /** Areas of scratch memory begin at multiples of this. */
  static long aligned(long bytes) {
    return (bytes + 63) / 64 * 64;
  }

  private final Recurrence op;
  private final Extents extents;
  private final Products products;
  private final Kernel step;

  RecurrenceKernel(Recurrence op, Shape projected, LoopKernels loops) {
    this.op = op;
    long units = projected.dim(2) / op.cell().gates();
    this.extents = Extents.of(op.cell(), projected.with(2, units));
    this.products =
        Products.of(
            extents.batch(), extents.rows(), units, true, op.cell().recurrentBias(), false);
    RecurrentNests.Step nest = extents.nests().forward();
    this.step = loops.kernel(nest.nest(), nest.inputs());
  }

  @Override
  public long scratchBytes() {
    return aligned(products.packedBytes()) + extents.gates();
  }

  @Override
  public void run(long[] addresses) {
    RecurrentCell cell = op.cell();
    int state = op.state();
    int states = state + (cell.hasCell() ? 2 : 1); // the first output
    long packed = addresses[addresses.length - 1];
    long product = packed + aligned(products.packedBytes());
    products.pack().run(new long[] {addresses[Recurrence.WEIGHT], packed});
    long[] multiply =
        cell.recurrentBias()
            ? new long[] {0, packed, addresses[Recurrence.WEIGHT + 1], product}
            : new long[] {0, packed, product};
    int previous = cell.readsPrevious() ? 1 : 0;
    long[] operands = new long[2 + previous + op.outputs()];
    operands[1] = product;
    for (long s = 0; s < extents.steps(); s++) {
      long at = op.at(s, extents.steps());
      long before = s == 0 ? -1 : op.at(s - 1, extents.steps());
      multiply[0] =
          s == 0 ? addresses[state] : addresses[states] + before * extents.state();
      products.product().run(multiply);
      operands[0] = addresses[Recurrence.PROJECTED] + at * extents.gates();
      if (previous == 1) {
        int memory = cell.hasCell() ? 1 : 0;
        operands[2] =
            s == 0
                ? addresses[state + memory]
                : addresses[states + memory] + before * extents.state();
      }
      for (int k = 0; k < op.outputs(); k++) {
        long size = k < op.visibleOutputs() ? extents.state() : extents.kept();
        operands[2 + previous + k] = addresses[states + k] + at * size;
      }
      step.run(operands);
    }
  }
}
