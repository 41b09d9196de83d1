package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.HostLoops;
import io.gluonj.codegen.SplitReduction;
import io.gluonj.op.LoopNest;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles loop nests, each one once. */
final class LoopKernels {
  private record Key(LoopNest nest, int inputs) {}

  /** Beyond this many distinct nests the cache starts anew; kernels in use go on working. */
  private static final int CAPACITY = 8192;

  private final CpuRuntime runtime;

  /** Of full size from the start: who compiles locks a bin, and the fewer share one the better. */
  private final Map<Key, Kernel> kernels = new ConcurrentHashMap<>(CAPACITY);

  LoopKernels(CpuRuntime runtime) {
    this.runtime = runtime;
  }

  Kernel kernel(LoopNest nest, int inputs) {
    Key key = new Key(nest, inputs);
    Kernel found = kernels.get(key);
    if (found == null) {
      if (kernels.size() >= CAPACITY) {
        kernels.clear();
      }
      found = kernels.computeIfAbsent(key, this::compile);
    }
    return found;
  }

  CpuRuntime runtime() {
    return runtime;
  }

  /** A kernel that is run right after another one on the whole pool, whose threads are awake. */
  Kernel inSuccession(LoopNest nest, int inputs) {
    return new LoopKernel(runtime, HostLoops.of(nest, inputs), LoopKernel.AWAKE_NANOSECONDS);
  }

  /** Compiles a loop that is no nest. */
  Kernel kernel(HostLoops loops) {
    return new LoopKernel(runtime, loops);
  }

  private Kernel compile(Key key) {
    return SplitReduction.of(key.nest())
        .<Kernel>map(split -> new Split(runtime, split, key.inputs()))
        .orElseGet(() -> new LoopKernel(runtime, HostLoops.of(key.nest(), key.inputs())));
  }

  /** Partial values into scratch memory, then their combination. */
  private static final class Split implements Kernel {
    private final LoopKernel parts;
    private final LoopKernel combine;
    private final long scratchBytes;
    private final int inputs;

    Split(CpuRuntime runtime, SplitReduction split, int inputs) {
      this.parts = new LoopKernel(runtime, HostLoops.parts(split, inputs));
      this.combine = new LoopKernel(runtime, HostLoops.of(split.combine(), 1));
      this.scratchBytes = split.scratchBytes();
      this.inputs = inputs;
    }

    @Override
    public long scratchBytes() {
      return scratchBytes;
    }

    @Override
    public void run(long[] addresses) {
      long scratch = addresses[addresses.length - 1];
      long[] first = Arrays.copyOf(addresses, inputs + 1);
      first[inputs] = scratch;
      parts.run(first);
      long[] second = Arrays.copyOfRange(addresses, inputs - 1, addresses.length - 1);
      second[0] = scratch;
      combine.run(second);
    }
  }
}
