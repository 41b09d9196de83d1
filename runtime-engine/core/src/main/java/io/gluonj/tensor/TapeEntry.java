package io.gluonj.tensor;

import io.gluonj.types.AutogradException;
import io.gluonj.types.ClosedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One recorded computation: what is needed to send gradients from its outputs to its inputs.
 * Entries point at the entries of their inputs; there is no list to clear. An entry counts its
 * users, which are the arrays it made and the entries computed from those; when the last one has
 * gone, no backward pass can reach it, and what it keeps is freed at once.
 */
final class TapeEntry {
  private static final AtomicLong SEQUENCE = new AtomicLong();
  private static final VarHandle USERS;

  static {
    try {
      USERS = MethodHandles.lookup().findVarHandle(TapeEntry.class, "users", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How gradients are computed; closed once, when the entry is used up or out of reach. */
  interface Rule extends AutoCloseable {
    /**
     * Gradients of the inputs.
     *
     * @param heads gradients of the outputs; null where nothing depends on an output
     * @param recorded whether the computation of the gradients is itself recorded
     * @return one gradient for each input, null where there is none
     */
    @Nullable NDArray[] gradients(@Nullable NDArray[] heads, boolean recorded);

    @Override
    void close();
  }

  private final long sequence = SEQUENCE.incrementAndGet();
  private final String name;
  private final Edge[] inputs;
  private final int outputs;
  private @Nullable Rule rule;
  private volatile int users;

  /**
   * Where the gradient of an array goes.
   *
   * @param leaf the array itself if it collects a gradient
   * @param entry the computation that made it, if that was recorded
   */
  record Edge(@Nullable NDArray leaf, @Nullable TapeEntry entry, int output) {
    /** Of an array that no gradient flows to. */
    private static final Edge NOWHERE = new Edge(null, null, 0);

    static Edge of(NDArray input) {
      NDArray.Leaf leaf = input.leaf();
      if (leaf != null) {
        return leaf.edge();
      }
      Edge made = input.madeBy();
      return made != null ? made : NOWHERE;
    }

    static Edge[] of(NDArray[] inputs) {
      Edge[] edges = new Edge[inputs.length];
      for (int i = 0; i < edges.length; i++) {
        edges[i] = of(inputs[i]);
      }
      return edges;
    }

    /** Adds a user to the computation. */
    void retain() {
      if (entry != null) {
        entry.retain();
      }
    }

    /** Removes a user. */
    void release() {
      if (entry != null) {
        entry.release();
      }
    }
  }

  /**
   * Records a computation for the arrays it made. On return they are its users.
   *
   * @param inputs where the gradients of its inputs go
   */
  static void record(String name, Edge[] inputs, NDArray[] made, Rule rule) {
    TapeEntry entry = new TapeEntry(name, inputs, made.length, rule);
    for (int i = 0; i < made.length; i++) {
      made[i].recordedAs(new Edge(null, entry, i));
    }
  }

  private TapeEntry(String name, Edge[] inputs, int outputs, Rule rule) {
    this.name = name;
    this.inputs = inputs;
    this.outputs = outputs;
    this.users = outputs;
    this.rule = rule;
    for (Edge input : inputs) {
      input.retain();
    }
  }

  long sequence() {
    return sequence;
  }

  Edge input(int i) {
    return inputs[i];
  }

  /** Number of arrays it made. */
  int outputs() {
    return outputs;
  }

  /** Adds a user, which has come by the entry from another user. */
  private void retain() {
    int before;
    do {
      before = users;
      if (before == 0) {
        throw new ClosedException(
            "what had been recorded of " + name + " was used after it had been freed",
            "all arrays it led to were closed, the last one by another thread meanwhile",
            "keep arrays open while other threads compute with them");
      }
    } while (!USERS.compareAndSet(this, before, before + 1));
  }

  /** Removes a user. Without recursion, since chains of computations are long. */
  private void release() {
    if (!isLast()) {
      return;
    }
    var unreachable = new ArrayList<TapeEntry>(1);
    unreachable.add(this);
    while (!unreachable.isEmpty()) {
      TapeEntry next = unreachable.removeLast();
      next.free();
      for (Edge input : next.inputs) {
        if (input.entry() != null && input.entry().isLast()) {
          unreachable.add(input.entry());
        }
      }
    }
  }

  private boolean isLast() {
    return (int) USERS.getAndAdd(this, -1) == 1;
  }

  private synchronized void free() {
    Rule current = rule;
    if (current != null) {
      rule = null;
      current.close();
    }
  }

  synchronized @Nullable NDArray[] gradients(
      @Nullable NDArray[] heads, boolean recorded, boolean retain) {
    Rule current = rule;
    if (current == null) {
      throw new AutogradException(
          "backward went a second time through " + name,
          "the first backward freed what it had kept of the forward pass",
          "call backward(true) the first time, or run the forward pass again");
    }
    @Nullable NDArray[] gradients = current.gradients(heads, recorded);
    if (!retain) {
      free();
    }
    return gradients;
  }
}
