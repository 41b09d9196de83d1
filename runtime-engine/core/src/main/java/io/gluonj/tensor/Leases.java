package io.gluonj.tensor;

import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The leases of open arrays: keeps them reachable, since the collector reports only references that
 * are, and counts them. Does what {@link java.lang.ref.Cleaner} does, except that a lease is itself
 * the reference, leaves when its array is closed and so costs the collector nothing, and threads
 * rarely wait for each other: there are several lists.
 */
final class Leases {
  /** Where the collector puts the leases of arrays that were forgotten. */
  static final ReferenceQueue<NDArray> QUEUE = new ReferenceQueue<>();

  private static final int LISTS = 16;
  private static final Leases[] ALL =
      IntStream.range(0, LISTS).mapToObj(i -> new Leases()).toArray(Leases[]::new);
  private static final AtomicLong FORGOTTEN = new AtomicLong();

  static {
    Thread collector = new Thread(Leases::collect, "gluonj forgotten arrays");
    collector.setDaemon(true);
    collector.setContextClassLoader(null); // outlives whoever made the first array
    collector.start();
  }

  private @Nullable Lease newest;
  private long count;

  private Leases() {}

  /** The list of what this thread makes. */
  static Leases ofThread() {
    return ALL[(int) Thread.currentThread().threadId() & (LISTS - 1)];
  }

  /** Number of arrays that hold memory. */
  static long live() {
    long live = 0;
    for (Leases list : ALL) {
      synchronized (list) {
        live += list.count;
      }
    }
    return live;
  }

  /** Number of arrays that were collected without having been closed. */
  static long forgotten() {
    return FORGOTTEN.get();
  }

  synchronized void add(Lease lease) {
    Lease before = newest;
    if (before != null) {
      before.newer = lease;
    }
    lease.older = before;
    newest = lease;
    count++;
  }

  synchronized void remove(Lease lease) {
    Lease older = lease.older;
    Lease newer = lease.newer;
    if (older != null) {
      older.newer = newer;
    }
    if (newer != null) {
      newer.older = older;
    } else {
      newest = older;
    }
    lease.older = null;
    lease.newer = null;
    count--;
  }

  private static void collect() {
    while (true) {
      try {
        if (QUEUE.remove() instanceof Lease lease && lease.give()) {
          FORGOTTEN.incrementAndGet();
        }
      } catch (InterruptedException | RuntimeException | Error e) {
        // memory that cannot be given back is no reason to keep that of all later arrays
        System.getLogger(Leases.class.getName())
            .log(System.Logger.Level.WARNING, "a forgotten array could not be freed", e);
      }
    }
  }
}
