package io.gluonj.backend.cuda;

import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.GpuEvent;
import io.gluonj.cuda.GpuStream;

/**
 * Points in a device's compute stream, numbered from 1, so that another stream can wait for the
 * work up to one of them and no further. The device's lock guards it, except for {@link #last}.
 */
final class Marks {
  private static final int KEPT = 64;

  private final GpuStream compute;
  private final GpuEvent[] events = new GpuEvent[KEPT];
  private volatile long last;

  Marks(Gpu gpu) {
    this.compute = gpu.compute();
    for (int i = 0; i < KEPT; i++) {
      events[i] = GpuEvent.of(gpu);
    }
  }

  /** The newest mark; all work that was enqueued and marked lies before it. */
  long last() {
    return last;
  }

  /** Marks the work enqueued so far. */
  void mark() {
    long next = last + 1;
    compute.record(events[(int) (next % KEPT)]);
    last = next;
  }

  /** Lets a stream wait for the work before a mark; for the oldest kept one if it is older. */
  void await(GpuStream stream, long mark) {
    if (mark > 0) {
      long kept = Math.max(mark, last - KEPT + 1);
      stream.await(events[(int) (kept % KEPT)]);
    }
  }
}
