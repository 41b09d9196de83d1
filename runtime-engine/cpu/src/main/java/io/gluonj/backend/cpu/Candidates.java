package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.DnnlException;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Chooses among kernels that compute the same by running each a few times on memory of the right
 * size. The fastest depends on shapes and processor in ways that no rule foretells.
 */
final class Candidates {
  private static final System.Logger LOG = System.getLogger(Candidates.class.getName());
  private static final int ROUNDS = 3;

  /** One measurement longer than this tells enough. */
  private static final long LONG_NANOSECONDS = 4_000_000;

  private record Measured(DnnlKernel kernel, long nanoseconds) {}

  private Candidates() {}

  /**
   * The fastest of some kernels.
   *
   * @param candidates may throw {@link DnnlException} where oneDNN has no such implementation, as
   *     long as one does not
   */
  static Kernel fastest(
      String what,
      List<Supplier<DnnlKernel>> candidates,
      List<TensorType> in,
      List<TensorType> out) {
    var built = new ArrayList<DnnlKernel>();
    DnnlException refused = null;
    for (Supplier<DnnlKernel> candidate : candidates) {
      try {
        built.add(candidate.get());
      } catch (DnnlException e) {
        refused = e;
      }
    }
    if (built.isEmpty()) {
      throw refused == null ? new IllegalArgumentException("no candidates") : refused;
    }
    List<DnnlKernel> usable = built.stream().filter(k -> !isReference(k)).toList();
    if (usable.isEmpty()) {
      return built.getFirst();
    }
    if (usable.size() == 1) {
      return usable.getFirst();
    }
    try (Arena arena = Arena.ofConfined()) {
      var measured = new ArrayList<Measured>();
      usable.forEach(k -> measured.add(measure(k, arena, in, out)));
      Measured best =
          measured.stream().min(java.util.Comparator.comparingLong(Measured::nanoseconds)).get();
      LOG.log(System.Logger.Level.DEBUG, () -> what + ": " + measured + ", " + best + " is taken");
      return best.kernel();
    }
  }

  private static boolean isReference(DnnlKernel kernel) {
    return kernel.implementations().stream().anyMatch(i -> i.startsWith("ref"));
  }

  private static Measured measure(
      DnnlKernel kernel, Arena arena, List<TensorType> in, List<TensorType> out) {
    var sizes = new ArrayList<Long>();
    in.forEach(t -> sizes.add(t.bytes()));
    out.forEach(t -> sizes.add(t.bytes()));
    sizes.add(kernel.scratchBytes());
    long[] addresses = sizes.stream().mapToLong(bytes -> memory(arena, bytes).address()).toArray();
    kernel.run(addresses);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS && best > 0; i++) {
      long start = System.nanoTime();
      kernel.run(addresses);
      long taken = System.nanoTime() - start;
      best = Math.min(best, taken);
      if (taken > LONG_NANOSECONDS) {
        break;
      }
    }
    return new Measured(kernel, best);
  }

  /** Zeros, whose pages have been touched. */
  private static MemorySegment memory(Arena arena, long bytes) {
    return arena.allocate(Math.max(64, bytes), 64);
  }
}
