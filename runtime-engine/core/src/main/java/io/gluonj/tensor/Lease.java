package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.types.ClosedException;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An array's hold on its storage. Held by the array and by the collector's back-stop, never the
 * other way round, so that a forgotten array can be collected and its memory given back.
 */
final class Lease implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();
  static final boolean TRACE = Boolean.getBoolean("gluonj.debug.lifetime");
  private static final AtomicLong LIVE = new AtomicLong();
  private static final AtomicLong FORGOTTEN = new AtomicLong();

  private final AtomicReference<@Nullable Storage> storage;
  private volatile @Nullable Throwable closedAt;

  private Lease(Storage storage) {
    this.storage = new AtomicReference<>(storage);
  }

  static Lease of(NDArray owner, Storage storage) {
    Lease lease = new Lease(storage);
    LIVE.incrementAndGet();
    CLEANER.register(owner, lease);
    return lease;
  }

  /** Number of arrays that hold memory. */
  static long live() {
    return LIVE.get();
  }

  /** Number of arrays that were collected without having been closed. */
  static long forgotten() {
    return FORGOTTEN.get();
  }

  /** Runs when the array has been collected. */
  @Override
  public void run() {
    if (give()) {
      FORGOTTEN.incrementAndGet();
    }
  }

  void close() {
    if (give() && TRACE) {
      closedAt = new Throwable("closed here");
    }
  }

  private boolean give() {
    Storage held = storage.getAndSet(null);
    if (held == null) {
      return false;
    }
    LIVE.decrementAndGet();
    held.release();
    return true;
  }

  boolean isClosed() {
    return storage.get() == null;
  }

  /** The storage, retained for the caller. */
  Storage acquire(NDArray owner) {
    while (true) {
      Storage held = storage.get();
      if (held == null) {
        throw closed(owner);
      }
      try {
        return held.retain();
      } catch (ClosedException e) {
        if (storage.get() == held) {
          throw e;
        } // exchanged meanwhile: take the new one
      }
    }
  }

  void exchange(NDArray owner, Storage next) {
    Storage before;
    do {
      before = storage.get();
      if (before == null) {
        next.release();
        throw closed(owner);
      }
    } while (!storage.compareAndSet(before, next));
    before.release();
  }

  private ClosedException closed(NDArray owner) {
    String what = "an array of type " + owner.type() + " was used after it had been closed";
    String because = "close() was called on it, or the TensorScope it was made in has ended";
    String fix =
        "keep it with scope.keep(array), or do not close it"
            + (TRACE ? "" : " (-Dgluonj.debug.lifetime=true shows where it was closed)");
    Throwable at = closedAt;
    return at == null
        ? new ClosedException(what, because, fix)
        : new ClosedException(what, because, fix, at);
  }
}
