package io.gluonj.backend.reference;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowWalk;
import java.lang.foreign.MemorySegment;

/**
 * A row nest by its definition, over operands in host memory.
 *
 * @param inputs number of the operator's inputs; its outputs follow them
 */
record RowInterpreter(RowNest nest, int inputs) implements Kernel {
  @Override
  public void run(long[] addresses) {
    RowWalk.run(
        nest,
        new RowWalk.Memory() {
          @Override
          public double read(Access access, long element) {
            return access.dtype().read(view(addresses[access.operand()], access, element), element);
          }

          @Override
          public void write(Access access, long element, double value) {
            long address = addresses[inputs + access.operand()];
            access.dtype().write(view(address, access, element), element, value);
          }
        });
  }

  private static MemorySegment view(long address, Access access, long element) {
    return HostMemory.view(address, (element + 1) * access.dtype().bytes());
  }
}
