package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.types.AutogradException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One recorded computation: what is needed to send gradients from its outputs to its inputs.
 * Entries point at the entries of their inputs; there is no list to clear.
 */
final class TapeEntry {
  private static final AtomicLong SEQUENCE = new AtomicLong();

  /** How gradients are computed; closed when the entry is used up. */
  interface Rule extends AutoCloseable {
    /**
     * Gradients of the inputs.
     *
     * @param heads gradients of the outputs; null where nothing depends on an output
     * @param recorded whether the computation of the gradients is itself recorded
     * @return one gradient for each input, null where there is none
     */
    List<@Nullable NDArray> gradients(List<@Nullable NDArray> heads, boolean recorded);

    @Override
    void close();
  }

  private final long sequence = SEQUENCE.incrementAndGet();
  private final String name;
  private final List<Edge> inputs;
  private @Nullable Rule rule;

  /**
   * Where the gradient of an input goes.
   *
   * @param leaf the array itself if it collects a gradient
   * @param entry the computation that made it, if that was recorded
   */
  record Edge(@Nullable NDArray leaf, @Nullable TapeEntry entry, int output) {
    static Edge of(NDArray input) {
      return new Edge(input.leaf() != null ? input : null, input.entry(), input.entryOutput());
    }
  }

  TapeEntry(String name, List<NDArray> inputs, Rule rule) {
    this.name = name;
    this.inputs = inputs.stream().map(Edge::of).toList();
    this.rule = rule;
  }

  long sequence() {
    return sequence;
  }

  List<Edge> inputs() {
    return inputs;
  }

  synchronized List<@Nullable NDArray> gradients(
      List<@Nullable NDArray> heads, boolean recorded, boolean retain) {
    Rule current = rule;
    if (current == null) {
      throw new AutogradException(
          "backward went a second time through " + name,
          "the first backward freed what it had kept of the forward pass",
          "call backward(true) the first time, or run the forward pass again");
    }
    List<@Nullable NDArray> gradients = current.gradients(heads, recorded);
    if (!retain) {
      rule = null;
      current.close();
    }
    return gradients;
  }

  /** Storages held for the backward pass, released once: by use or by the collector. */
  static final class Kept implements Runnable {
    private static final java.lang.ref.Cleaner CLEANER = java.lang.ref.Cleaner.create();
    private @Nullable List<Storage> storages;

    private Kept(List<Storage> storages) {
      this.storages = storages;
    }

    /** Holds storages as long as {@code owner} is reachable; their uses pass to this object. */
    static Kept by(Object owner, List<Storage> storages) {
      Kept kept = new Kept(storages);
      CLEANER.register(owner, kept);
      return kept;
    }

    @Override
    public synchronized void run() {
      if (storages != null) {
        storages.forEach(Storage::release);
        storages = null;
      }
    }
  }
}
