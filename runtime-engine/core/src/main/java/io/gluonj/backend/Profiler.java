package io.gluonj.backend;

import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures every kernel that runs on processors between {@link #start} and {@link #close}, of all
 * threads: how often, how long, and what of the memory's and the processor's speed it reaches.
 *
 * <pre>{@code
 * try (Profiler profiler = Profiler.start()) {
 *   net.call(x);
 *   System.out.println(profiler.table());
 * }
 * }</pre>
 */
public final class Profiler implements AutoCloseable {
  /** Events kept for a trace; later ones still count in the table. */
  private static final int MAX_EVENTS = 1_000_000;

  private static final AtomicReference<@Nullable Profiler> ACTIVE = new AtomicReference<>();

  /**
   * One run of one kernel.
   *
   * @param start {@link System#nanoTime}
   * @param nanoseconds how long it took
   */
  public record Event(Schedule.Step step, String thread, long start, long nanoseconds) {}

  /**
   * All runs of a kernel at one place of a program.
   *
   * @param step where
   * @param count how often
   * @param nanoseconds how long in all
   */
  public record Line(Schedule.Step step, long count, long nanoseconds) {
    /** Memory read and written once for each operand, in GB/s. */
    public double gigabytesPerSecond() {
      return (double) step.work().bytes() * count / Math.max(1, nanoseconds);
    }

    /** Floating-point operations of products and convolutions, in GF/s. */
    public double gigaflops() {
      return (double) step.work().operations() * count / Math.max(1, nanoseconds);
    }
  }

  private final List<Event> events = new ArrayList<>();
  private final Map<Schedule.Step, Line> lines = new LinkedHashMap<>();

  private Profiler() {}

  /**
   * Begins to measure.
   *
   * @throws InvalidArgumentException if another profiler is at work
   */
  public static Profiler start() {
    Profiler made = new Profiler();
    if (!ACTIVE.compareAndSet(null, made)) {
      throw new InvalidArgumentException(
          "a profiler was to be started",
          "another one is at work, and there is one at a time",
          "close the other one first");
    }
    return made;
  }

  /** The profiler at work, if any. */
  static @Nullable Profiler active() {
    return ACTIVE.get();
  }

  /** Runs a kernel and measures it. */
  void run(Schedule.Step step, long[] addresses) {
    long start = System.nanoTime();
    step.kernel().run(addresses);
    add(new Event(step, Thread.currentThread().getName(), start, System.nanoTime() - start));
  }

  private synchronized void add(Event event) {
    if (events.size() < MAX_EVENTS) {
      events.add(event);
    }
    lines.merge(
        event.step(),
        new Line(event.step(), 1, event.nanoseconds()),
        (a, b) -> new Line(a.step(), a.count() + b.count(), a.nanoseconds() + b.nanoseconds()));
  }

  /** What was measured so far, the longest first. */
  public synchronized List<Line> lines() {
    return lines.values().stream()
        .sorted(Comparator.comparingLong(Line::nanoseconds).reversed())
        .toList();
  }

  /** All runs in order of their ends. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /**
   * {@link #lines} as text: share of the time, milliseconds, runs, GB/s, GF/s, operator and kernel.
   */
  public String table() {
    List<Line> all = lines();
    double total = all.stream().mapToLong(Line::nanoseconds).sum();
    var text = new StringBuilder("  share         ms    runs    GB/s    GF/s  what\n");
    for (Line line : all) {
      text.append(
          String.format(
              Locale.ROOT,
              "%6.1f%% %10.3f %7d %7.1f %7s  %s%n",
              100 * line.nanoseconds() / total,
              line.nanoseconds() / 1e6,
              line.count(),
              line.gigabytesPerSecond(),
              line.step().work().operations() == 0
                  ? ""
                  : String.format(Locale.ROOT, "%.1f", line.gigaflops()),
              line.step().label() + "  " + line.step().kernel()));
    }
    return text.toString();
  }

  /** Stops measuring; what was measured can still be read. */
  @Override
  public void close() {
    ACTIVE.compareAndSet(this, null);
  }
}
