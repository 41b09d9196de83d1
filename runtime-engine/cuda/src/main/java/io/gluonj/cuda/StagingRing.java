package io.gluonj.cuda;

import java.lang.foreign.MemorySegment;

/**
 * A few pinned buffers in turn: while the device copies one, the processor fills or empties the
 * next. One thread at a time; the device's lock is held only while something is enqueued.
 */
public final class StagingRing {
  private final Gpu gpu;
  private final int bytes;
  private final PinnedBuffer[] buffers;
  private final GpuEvent[] done;
  private int next;

  /**
   * Allocates.
   *
   * @param buffers how many, at least 2
   * @param bytes size of each
   */
  public StagingRing(Gpu gpu, int buffers, int bytes) {
    this.gpu = gpu;
    this.bytes = bytes;
    this.buffers = new PinnedBuffer[buffers];
    this.done = new GpuEvent[buffers];
    for (int i = 0; i < buffers; i++) {
      this.buffers[i] = new PinnedBuffer(gpu, bytes);
      done[i] = GpuEvent.of(gpu);
    }
  }

  /** Copies to the device; returns when {@code host} may be reused. */
  public void in(GpuStream stream, MemorySegment host, long device) {
    long size = host.byteSize();
    for (long at = 0; at < size; at += bytes) {
      long piece = Math.min(bytes, size - at);
      int slot = next;
      next = (next + 1) % buffers.length;
      done[slot].synchronize();
      MemorySegment pinned = buffers[slot].memory();
      MemorySegment.copy(host, at, pinned, 0, piece);
      gpu.lock().lock();
      try {
        stream.copyIn(pinned.address(), device + at, piece);
        stream.record(done[slot]);
      } finally {
        gpu.lock().unlock();
      }
    }
  }

  /** Copies from the device; returns when {@code host} is filled. */
  public void out(GpuStream stream, long device, MemorySegment host) {
    long size = host.byteSize();
    int pieces = Math.toIntExact((size + bytes - 1) / bytes);
    int ahead = buffers.length - 1;
    for (int i = 0; i < pieces + ahead; i++) {
      if (i < pieces) {
        request(stream, device, size, i);
      }
      if (i >= ahead) {
        int slot = slot(i - ahead);
        done[slot].synchronize();
        long at = (long) (i - ahead) * bytes;
        MemorySegment.copy(buffers[slot].memory(), 0, host, at, Math.min(bytes, size - at));
      }
    }
    next = slot(pieces);
  }

  private void request(GpuStream stream, long device, long size, int piece) {
    int slot = slot(piece);
    done[slot].synchronize();
    long at = (long) piece * bytes;
    gpu.lock().lock();
    try {
      stream.copyOut(device + at, buffers[slot].memory().address(), Math.min(bytes, size - at));
      stream.record(done[slot]);
    } finally {
      gpu.lock().unlock();
    }
  }

  private int slot(int piece) {
    return (next + piece) % buffers.length;
  }
}
