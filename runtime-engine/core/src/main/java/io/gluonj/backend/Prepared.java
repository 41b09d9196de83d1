package io.gluonj.backend;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A block of memory that holds what was computed from parameters, until one of them gets new
 * values: other values lie in another storage, or in the same one with another version. Given back
 * when a new block takes its place or the plan it belongs to is forgotten.
 */
final class Prepared {
  private static final Cleaner CLEANER = Cleaner.create();

  /** The block; refers to nothing that refers to its plan. */
  private static final class Kept implements Runnable {
    private @Nullable Storage block;
    private Storage[] sources = {};
    private int[] versions = {};

    @Override
    public synchronized void run() {
      Storage held = block;
      block = null;
      if (held != null) {
        held.release();
      }
    }
  }

  private final int[] parameters;
  private final Kept kept = new Kept();

  /**
   * Nothing is computed yet.
   *
   * @param parameters positions among the arguments
   */
  Prepared(Set<Integer> parameters) {
    this.parameters = parameters.stream().mapToInt(i -> i).sorted().toArray();
    CLEANER.register(this, kept);
  }

  /**
   * The block for some arguments, retained for the caller.
   *
   * @param compute makes it, if it is not there; one thread at a time
   */
  Storage block(Storage[] arguments, Supplier<Storage> compute) {
    synchronized (kept) {
      Storage held = kept.block;
      if (held == null || !isFor(arguments)) {
        kept.run();
        held = compute.get();
        kept.block = held;
        kept.sources = new Storage[parameters.length];
        kept.versions = new int[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
          kept.sources[i] = arguments[parameters[i]];
          kept.versions[i] = kept.sources[i].version();
        }
      }
      return held.retain();
    }
  }

  private boolean isFor(Storage[] arguments) {
    for (int i = 0; i < parameters.length; i++) {
      Storage source = arguments[parameters[i]];
      if (kept.sources[i] != source || kept.versions[i] != source.version()) {
        return false;
      }
    }
    return true;
  }
}
