package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.types.ClosedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import org.jspecify.annotations.Nullable;

/**
 * An array's hold on its storage and on the computation that made it. Held by the array and by
 * {@link Leases}, and never holds the array itself, so that a forgotten array can be collected and
 * its memory given back.
 */
final class Lease extends PhantomReference<NDArray> {
  static final boolean TRACE = Boolean.getBoolean("gluonj.debug.lifetime");

  private static final VarHandle STORAGE;
  private static final VarHandle MADE_BY;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STORAGE = lookup.findVarHandle(Lease.class, "storage", Storage.class);
      MADE_BY = lookup.findVarHandle(Lease.class, "madeBy", TapeEntry.Edge.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Leases registry;
  private volatile @Nullable Storage storage;
  private volatile TapeEntry.@Nullable Edge madeBy;
  private volatile @Nullable Throwable closedAt;

  /** Neighbours in the registry; guarded by it. */
  @Nullable Lease older;

  @Nullable Lease newer;

  /** The caller's use of {@code storage} passes to the lease. */
  Lease(NDArray owner, Storage storage) {
    super(owner, Leases.QUEUE);
    STORAGE.set(this, storage); // nobody else knows this object yet
    registry = Leases.ofThread();
    registry.add(this);
  }

  void close() {
    if (give() && TRACE) {
      closedAt = new Throwable("closed here");
    }
  }

  /**
   * Gives up storage and computation.
   *
   * @return whether they were held until now
   */
  boolean give() {
    Storage held = (Storage) STORAGE.getAndSet(this, null);
    if (held == null) {
      return false;
    }
    registry.remove(this);
    held.release();
    madeBy(null);
    return true;
  }

  boolean isClosed() {
    return storage == null;
  }

  /** The storage, retained for the caller. */
  Storage acquire(NDArray owner) {
    while (true) {
      Storage held = storage;
      if (held == null) {
        throw closed(owner);
      }
      try {
        return held.retain();
      } catch (ClosedException e) {
        if (storage == held) {
          throw e;
        } // exchanged meanwhile: take the new one
      }
    }
  }

  void exchange(NDArray owner, Storage next) {
    Storage before;
    do {
      before = storage;
      if (before == null) {
        next.release();
        throw closed(owner);
      }
    } while (!STORAGE.compareAndSet(this, before, next));
    before.release();
  }

  /** The recorded computation that made the array, if any. */
  TapeEntry.@Nullable Edge madeBy() {
    return madeBy;
  }

  /** Replaces the recorded computation; a use of the new one passes to the lease. */
  void madeBy(TapeEntry.@Nullable Edge edge) {
    if (edge == null && madeBy == null) {
      return;
    }
    TapeEntry.Edge before = (TapeEntry.Edge) MADE_BY.getAndSet(this, edge);
    if (before != null) {
      before.release();
    }
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
