package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import java.util.List;

/** The definition of a {@link RowNest}: position by position, in double precision. */
public final class RowWalk implements Scalars.Leaves {
  /** Where operands are. */
  public interface Memory {
    /** An element of an input. */
    double read(Access access, long element);

    /** Sets an element of an output. */
    void write(Access access, long element, double value);
  }

  private final RowNest nest;
  private final Memory memory;
  private final long[] position;
  private final double[] values;

  private RowWalk(RowNest nest, Memory memory) {
    this.nest = nest;
    this.memory = memory;
    this.position = new long[nest.parallel().size() + nest.row().size()];
    this.values = new double[nest.stages().size()];
  }

  /** Computes all rows. */
  public static void run(RowNest nest, Memory memory) {
    RowWalk walk = new RowWalk(nest, memory);
    for (long p = 0; p < nest.outer(); p++) {
      walk.row(p);
    }
  }

  private void row(long p) {
    split(p, nest.parallel(), 0);
    for (int k = 0; k < values.length; k++) {
      Stage stage = nest.stages().get(k);
      double acc = stage.reduction().identity();
      for (long r = 0; r < nest.inner(); r++) {
        along(r);
        acc = stage.reduction().combine(acc, Scalars.evaluate(stage.body(), this));
      }
      along(0);
      values[k] = acc;
      values[k] = Scalars.evaluate(stage.epilogue(), this);
    }
    for (long r = 0; r < nest.inner(); r++) {
      along(r);
      nest.stores().forEach(this::write);
    }
    along(0);
    nest.results().forEach(this::write);
  }

  private void along(long r) {
    split(r, nest.row(), nest.parallel().size());
  }

  private void split(long index, List<Long> extents, int base) {
    long rest = index;
    for (int i = extents.size() - 1; i >= 0; i--) {
      long extent = Math.max(1, extents.get(i));
      position[base + i] = rest % extent;
      rest /= extent;
    }
  }

  private long element(Access access) {
    long element = access.offset();
    for (int i = 0; i < position.length; i++) {
      element += position[i] * access.strides().get(i);
    }
    return element;
  }

  private void write(Write write) {
    memory.write(write.access(), element(write.access()), Scalars.evaluate(write.body(), this));
  }

  @Override
  public double arg(int index) {
    if (index >= nest.loads().size()) {
      return values[index - nest.loads().size()];
    }
    Access access = nest.loads().get(index);
    long element = element(access);
    for (Index computed : access.indices()) {
      long offset = computed.offset((long) Scalars.evaluate(computed.value(), this));
      if (offset < 0) {
        return 0;
      }
      element += offset;
    }
    return memory.read(access, element);
  }

  @Override
  public double iota(int axis) {
    return position[axis];
  }

  @Override
  public double uniform(int key, int site) {
    throw new IllegalArgumentException("a row nest draws no random numbers");
  }
}
