package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.DnnlException;
import io.gluonj.llvm.Jit;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Chooses among kernels that compute the same by running each a few times on memory of the right
 * size: the fastest depends on shapes and processor in ways that no rule foretells. Kernels may
 * differ in the last bits, so a choice is kept on disk: later starts on the same machine compute
 * the same bits. A batch of another size takes the choice made for one near it, so that the last,
 * short batch is not measured. With {@code -Dgluonj.cpu.autotune=off} nothing is measured and the
 * first is taken.
 */
final class Candidates {
  /** System property: {@code off} to take the first candidate. */
  static final String AUTOTUNE = "gluonj.cpu.autotune";

  private static final System.Logger LOG = System.getLogger(Candidates.class.getName());
  private static final ChoiceCache CHOICES = new ChoiceCache(ObjectCache.standard());

  /** No input stays the same. */
  static final int NO_CONSTANT = -1;

  private static final int ROUNDS = 6;

  /** Rounds for all: a thread that waits for its core makes any single run ten times as long. */
  private static final int LEAST_ROUNDS = 3;

  /** What takes so many times as long as the fastest is not tried again. */
  private static final double SLOW = 2;

  /** After so long the next round is left out. */
  private static final long BUDGET_NANOSECONDS = 30_000_000;

  /** What another candidate must save to be taken instead of an earlier one. */
  private static final double GAIN = 0.92;

  private static final AtomicLong MEASURED = new AtomicLong();

  private Candidates() {}

  /** How many choices have been made by measuring in this process. */
  static long measured() {
    return MEASURED.get();
  }

  /**
   * The fastest of some kernels.
   *
   * @param problem what they compute
   * @param candidates in the order of preference. Each may throw {@link DnnlException} where oneDNN
   *     has no such implementation, as long as one does not.
   */
  static Kernel fastest(
      Problem problem,
      List<Supplier<DnnlKernel>> candidates,
      List<TensorType> in,
      List<TensorType> out) {
    List<DnnlKernel> built = build(candidates);
    List<DnnlKernel> fast = built.stream().filter(k -> !isReference(k)).toList();
    if (fast.isEmpty()) {
      return built.getFirst();
    }
    if (fast.size() == 1 || "off".equals(System.getProperty(AUTOTUNE))) {
      return fast.getFirst();
    }
    List<String> names = fast.stream().map(DnnlKernel::toString).toList();
    int known = known(problem, names, in, out);
    if (known >= 0) {
      return fast.get(known);
    }
    return fast.get(decide(problem, names, measure(fast, in, out), in, out));
  }

  /** The choice made for these types or for a batch of about this size; -1 if there is none. */
  private static int known(
      Problem problem, List<String> names, List<TensorType> in, List<TensorType> out) {
    int exact = CHOICES.find(problem.what(), in, out, names);
    return exact >= 0 ? exact : CHOICES.findNear(problem, names);
  }

  /**
   * A kernel that could be taken.
   *
   * @param name tells it from the others, in this and in later starts
   * @param build compiles it
   */
  record Candidate(String name, Supplier<? extends Kernel> build) {}

  /**
   * As the other, but compiles only the kernel that was chosen before, if one was.
   *
   * @param constant number of an input that is packed once for many runs, so that packing does not
   *     count; or {@link #NO_CONSTANT}
   */
  static Kernel chosen(
      Problem problem,
      List<Candidate> candidates,
      int constant,
      List<TensorType> in,
      List<TensorType> out) {
    if (candidates.size() == 1 || "off".equals(System.getProperty(AUTOTUNE))) {
      return candidates.getFirst().build().get();
    }
    List<String> names = candidates.stream().map(Candidate::name).toList();
    int known = known(problem, names, in, out);
    if (known >= 0) {
      return candidates.get(known).build().get();
    }
    List<Kernel> built = candidates.stream().<Kernel>map(c -> c.build().get()).toList();
    long[] times = constant < 0 ? measure(built, in, out) : packed(built, constant, in, out);
    return built.get(decide(problem, names, times, in, out));
  }

  /** Times without bringing an input into the form that each of them likes. */
  private static long[] packed(
      List<Kernel> kernels, int constant, List<TensorType> in, List<TensorType> out) {
    var bytes = new ArrayList<>(bytes(in, out));
    var packed = new ArrayList<Kernel>();
    for (Kernel kernel : kernels) {
      Kernel.Packed other = kernel.packed(constant);
      packed.add(other == null ? kernel : other.kernel());
      if (other != null) {
        bytes.set(constant, Math.max(bytes.get(constant), other.bytes()));
      }
    }
    return measure(packed, bytes);
  }

  private static List<Long> bytes(List<TensorType> in, List<TensorType> out) {
    return Stream.concat(in.stream(), out.stream()).map(TensorType::bytes).toList();
  }

  /** The position of the fastest, which is kept for later starts. */
  private static int decide(
      Problem problem,
      List<String> names,
      long[] times,
      List<TensorType> in,
      List<TensorType> out) {
    int best = best(times);
    MEASURED.incrementAndGet();
    CHOICES.store(problem.what(), in, out, names, best);
    CHOICES.storeNear(problem, names, best);
    LOG.log(
        System.Logger.Level.DEBUG,
        () ->
            "%s: %s take %s ns, chosen %s"
                .formatted(problem.what(), names, Arrays.toString(times), names.get(best)));
    return best;
  }

  private static int best(long[] times) {
    int best = 0;
    for (int i = 1; i < times.length; i++) {
      if (times[i] < GAIN * times[best]) {
        best = i;
      }
    }
    return best;
  }

  private static List<DnnlKernel> build(List<Supplier<DnnlKernel>> candidates) {
    var built = new ArrayList<DnnlKernel>();
    var refusals = new ArrayList<DnnlException>();
    for (Supplier<DnnlKernel> candidate : candidates) {
      try {
        built.add(candidate.get());
      } catch (DnnlException e) {
        refusals.add(e);
      }
    }
    if (built.isEmpty()) {
      throw refusals.getFirst();
    }
    return built;
  }

  /** Whether it runs oneDNN's plain loops, which are a hundred times slower. */
  private static boolean isReference(DnnlKernel kernel) {
    return kernel.implementations().stream().anyMatch(i -> i.startsWith("ref"));
  }

  private static long[] measure(
      List<? extends Kernel> kernels, List<TensorType> in, List<TensorType> out) {
    return measure(kernels, bytes(in, out));
  }

  /** The least time of each in some rounds, in nanoseconds, on operands of so many bytes. */
  private static long[] measure(List<? extends Kernel> kernels, List<Long> operands) {
    return Jit.shared().quietly(() -> measureNow(kernels, operands));
  }

  private static long[] measureNow(List<? extends Kernel> kernels, List<Long> operands) {
    long scratch = kernels.stream().mapToLong(Kernel::scratchBytes).max().orElse(0);
    try (Arena arena = Arena.ofConfined()) {
      // allocating fills with zeros, which also touches the pages
      long[] addresses =
          Stream.concat(operands.stream(), Stream.of(scratch))
              .mapToLong(bytes -> arena.allocate(Math.max(64, bytes), 64).address())
              .toArray();
      kernels.forEach(kernel -> kernel.run(addresses)); // touches code and tables
      long[] least = new long[kernels.size()];
      Arrays.fill(least, Long.MAX_VALUE);
      long begin = System.nanoTime();
      for (int r = 0;
          r < LEAST_ROUNDS || (r < ROUNDS && System.nanoTime() - begin < BUDGET_NANOSECONDS);
          r++) {
        double limit = SLOW * Arrays.stream(least).min().orElse(Long.MAX_VALUE);
        for (int i = 0; i < least.length; i++) {
          if (r < LEAST_ROUNDS || least[i] <= limit) {
            long start = System.nanoTime();
            kernels.get(i).run(addresses);
            least[i] = Math.min(least[i], System.nanoTime() - start);
          }
        }
      }
      return least;
    }
  }
}
