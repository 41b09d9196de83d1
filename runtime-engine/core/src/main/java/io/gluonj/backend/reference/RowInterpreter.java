package io.gluonj.backend.reference;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalars;
import java.util.List;

/** Walks a row nest position by position, evaluating expressions in double precision. */
final class RowInterpreter implements Kernel {
  private final RowNest nest;
  private final int inputs;

  RowInterpreter(RowNest nest, int inputs) {
    this.nest = nest;
    this.inputs = inputs;
  }

  @Override
  public void run(long[] addresses) {
    Cursor at = new Cursor(addresses);
    for (long p = 0; p < nest.outer(); p++) {
      at.split(p, nest.parallel(), 0);
      for (int k = 0; k < nest.stages().size(); k++) {
        Stage stage = nest.stages().get(k);
        double acc = stage.reduction().identity();
        for (long r = 0; r < nest.inner(); r++) {
          at.row(r);
          acc = stage.reduction().combine(acc, Scalars.evaluate(stage.body(), at));
        }
        at.values[k] = acc;
        at.values[k] = Scalars.evaluate(stage.epilogue(), at);
      }
      for (long r = 0; r < nest.inner(); r++) {
        at.row(r);
        nest.stores().forEach(at::write);
      }
      at.row(0);
      nest.results().forEach(at::write);
    }
  }

  /** A position, the values of the stages, and what expressions read there. */
  private final class Cursor implements Scalars.Leaves {
    private final long[] addresses;
    private final long[] position = new long[nest.parallel().size() + nest.row().size()];
    private final double[] values = new double[nest.stages().size()];

    Cursor(long[] addresses) {
      this.addresses = addresses;
    }

    void row(long r) {
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
      long bytes = (element + 1) * access.dtype().bytes();
      return access.dtype().read(HostMemory.view(addresses[access.operand()], bytes), element);
    }

    @Override
    public double iota(int axis) {
      return position[axis];
    }

    @Override
    public double uniform(int key, int site) {
      throw new IllegalArgumentException("a row nest draws no random numbers");
    }

    void write(Write write) {
      Access access = write.access();
      Scalar body = write.body();
      long element = element(access);
      long bytes = (element + 1) * access.dtype().bytes();
      access
          .dtype()
          .write(
              HostMemory.view(addresses[inputs + access.operand()], bytes),
              element,
              Scalars.evaluate(body, this));
    }
  }
}
