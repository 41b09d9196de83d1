package io.gluonj.backend.cuda;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.cuda.Gpu;
import io.gluonj.op.Op;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Runs a user's operator by its definition, on copies in host memory. Waits for the device. */
final class CustomKernel implements CudaKernel {
  private static final long ALIGNMENT = 64;

  private final Gpu gpu;
  private final Kernel definition;
  private final List<TensorType> types;
  private final int inputs;

  CustomKernel(Gpu gpu, Op.Custom op, List<TensorType> in, List<TensorType> out) {
    this.gpu = gpu;
    this.definition = ReferenceBackend.definition(op::reference, in, out);
    this.inputs = in.size();
    var all = new ArrayList<TensorType>(in);
    all.addAll(out);
    this.types = List.copyOf(all);
  }

  @Override
  public boolean capturable() {
    return false;
  }

  @Override
  public void run(long[] addresses) {
    try (Arena arena = Arena.ofShared()) {
      long[] host = new long[types.size()];
      for (int i = 0; i < host.length; i++) {
        host[i] = arena.allocate(Math.max(1, types.get(i).bytes()), ALIGNMENT).address();
        if (i < inputs && types.get(i).bytes() > 0) {
          gpu.compute().copyOut(addresses[i], host[i], types.get(i).bytes());
        }
      }
      gpu.compute().synchronize();
      definition.run(host);
      for (int i = inputs; i < host.length; i++) {
        if (types.get(i).bytes() > 0) {
          gpu.compute().copyIn(host[i], addresses[i], types.get(i).bytes());
        }
      }
      gpu.compute().synchronize(); // the host memory ends here
    }
  }
}
