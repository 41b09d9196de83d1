package io.gluonj.backend.reference;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Philox;
import io.gluonj.op.Scalars;
import io.gluonj.types.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Walks a loop nest position by position, evaluating expressions in double precision. */
final class NestInterpreter implements Kernel {
  private final LoopNest nest;
  private final int inputs;

  NestInterpreter(LoopNest nest, int inputs) {
    this.nest = nest;
    this.inputs = inputs;
  }

  @Override
  public void run(long[] addresses) {
    if (nest.outer() == 0) {
      return;
    }
    boolean scans = nest.scans();
    Cursor at = new Cursor(addresses);
    for (long p = 0; p < nest.outer(); p++) {
      at.parallel(p);
      for (Store store : nest.stores()) {
        double acc = nest.reduction().identity();
        for (long r = 0; r < nest.inner(); r++) {
          at.reduced(r);
          acc = nest.reduction().combine(acc, Scalars.evaluate(store.body(), at));
          if (scans) {
            at.store(store, Scalars.evaluate(store.epilogue(), at.onlyArgument(acc)));
          }
        }
        if (!scans) {
          at.reduced(0);
          at.store(store, Scalars.evaluate(store.epilogue(), at.onlyArgument(acc)));
        }
      }
    }
  }

  /** A position of the iteration space, and what expressions read there. */
  private final class Cursor implements Scalars.Leaves {
    private final long[] addresses;
    private final long[] position = new long[nest.rank()];
    private long linear;

    Cursor(long[] addresses) {
      this.addresses = addresses;
    }

    void parallel(long p) {
      linear = p;
      split(p, nest.parallel(), 0);
    }

    void reduced(long r) {
      split(r, nest.reduced(), nest.parallel().size());
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

    private MemorySegment view(long address, Access access, long element) {
      return HostMemory.view(address, (element + 1) * access.dtype().bytes());
    }

    @Override
    public double arg(int index) {
      Access access = nest.loads().get(index);
      long element = element(access);
      for (Index computed : access.indices()) {
        long offset = computed.offset((long) Scalars.evaluate(computed.value(), this));
        if (offset < 0) {
          return 0;
        }
        element += offset;
      }
      return access.dtype().read(view(addresses[access.operand()], access, element), element);
    }

    @Override
    public double iota(int axis) {
      return position[axis];
    }

    @Override
    public double uniform(int key, int site) {
      MemorySegment pair =
          HostMemory.view(addresses[nest.loads().get(key).operand()], 2L * DType.INT64.bytes());
      long seed = pair.getAtIndex(java.lang.foreign.ValueLayout.JAVA_LONG, 0);
      long call = pair.getAtIndex(java.lang.foreign.ValueLayout.JAVA_LONG, 1);
      return Philox.uniform(seed, call, site, linear);
    }

    void store(Store store, double value) {
      Access access = store.access();
      long element = element(access);
      long address = addresses[inputs + access.operand()];
      access.dtype().write(view(address, access, element), element, value);
    }

    /** Leaves for an epilogue, whose only argument is the reduced value. */
    Scalars.Leaves onlyArgument(double acc) {
      return new Scalars.Leaves() {
        @Override
        public double arg(int index) {
          return acc;
        }

        @Override
        public double iota(int axis) {
          return Cursor.this.iota(axis);
        }

        @Override
        public double uniform(int key, int site) {
          return Cursor.this.uniform(key, site);
        }
      };
    }
  }
}
