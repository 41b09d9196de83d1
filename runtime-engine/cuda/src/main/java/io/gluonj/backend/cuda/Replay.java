package io.gluonj.backend.cuda;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which runs of a fixed sequence of work are captured and which replay a capture: the first
 * run with some addresses is done step by step, so that libraries have done by then what they do at
 * first use; the second is captured; later ones are replayed. One thread at a time.
 *
 * @param <G> what a capture gives
 */
final class Replay<G> {
  /** What is to be run. */
  interface Work<G> {
    /** Does it step by step. */
    void enqueue(long[][] addresses);

    /** Records it without doing it; null if it cannot be recorded. */
    @Nullable G capture(long[][] addresses);

    /** Does what was recorded. */
    void replay(G captured);
  }

  /** Captures kept at once: the memory pool hands out blocks in short cycles. */
  static final int KEPT = 8;

  /** Addresses of earlier runs that are remembered. */
  static final int REMEMBERED = 32;

  /** After so many runs without a repetition none is expected any more. */
  static final int PATIENCE = 128;

  private static final System.Logger LOG = System.getLogger(Replay.class.getName());

  /** Addresses of a run, as a key. */
  private static final class Operands {
    private final long[][] addresses;
    private final int hash;

    Operands(long[][] addresses) {
      this.addresses = addresses;
      this.hash = Arrays.deepHashCode(addresses);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Operands o
          && o.hash == hash
          && Arrays.deepEquals(o.addresses, addresses);
    }
  }

  private final Consumer<G> destroy;
  private final Map<Operands, G> captured = new LinkedHashMap<>(KEPT, 0.75f, true);
  private final Map<Operands, Boolean> seen = new LinkedHashMap<>(REMEMBERED, 0.75f, true);
  private boolean expected = true;
  private int fruitless;
  private int captures;
  private int replays;

  Replay(Consumer<G> destroy) {
    this.destroy = destroy;
  }

  /** Runs the work in the cheapest way. */
  synchronized void run(Work<G> work, long[][] addresses) {
    if (!expected) {
      work.enqueue(addresses);
      return;
    }
    var operands = new Operands(addresses);
    G known = captured.get(operands);
    if (known == null && seen.put(operands, true) != null) {
      known = work.capture(addresses);
      if (known == null) {
        giveUp("its work cannot be captured");
      } else {
        captures++;
        keep(operands, known);
      }
    }
    if (known != null) {
      fruitless = 0;
      replays++;
      work.replay(known);
      return;
    }
    forgetEldest(seen, REMEMBERED);
    if (++fruitless >= PATIENCE) {
      giveUp("its addresses never come again");
    }
    work.enqueue(addresses);
  }

  private void keep(Operands operands, G graph) {
    captured.put(operands, graph);
    G eldest = forgetEldest(captured, KEPT);
    if (eldest != null) {
      destroy.accept(eldest);
    }
  }

  private static <V> @Nullable V forgetEldest(Map<Operands, V> of, int kept) {
    if (of.size() <= kept) {
      return null;
    }
    var entries = of.entrySet().iterator();
    V eldest = entries.next().getValue();
    entries.remove();
    return eldest;
  }

  private void giveUp(String because) {
    expected = false;
    destroyAll();
    seen.clear();
    LOG.log(System.Logger.Level.DEBUG, "kernels of a plan are launched one by one: {0}", because);
  }

  /** Destroys all captures; work goes on without them. */
  synchronized void destroyAll() {
    captured.values().forEach(destroy);
    captured.clear();
  }

  /** How many captures were made. */
  synchronized int captures() {
    return captures;
  }

  /** How many runs were one call. */
  synchronized int replays() {
    return replays;
  }
}
