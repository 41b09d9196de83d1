package io.gluonj.cuda;

import java.lang.foreign.MemorySegment;

/**
 * A few pinned buffers in turn: while the device copies one, the processor fills the next. One
 * thread at a time.
 */
final class StagingRing {
  private final int bytes;
  private final PinnedBuffer[] buffers;
  private final GpuEvent[] done;
  private int next;

  StagingRing(Gpu gpu, int buffers, int bytes) {
    this.bytes = bytes;
    this.buffers = new PinnedBuffer[buffers];
    this.done = new GpuEvent[buffers];
    for (int i = 0; i < buffers; i++) {
      this.buffers[i] = new PinnedBuffer(gpu, bytes);
      done[i] = GpuEvent.of(gpu);
    }
  }

  /** Copies to the device; returns when {@code host} may be reused. */
  void in(GpuStream stream, MemorySegment host, long device) {
    long size = host.byteSize();
    for (long at = 0; at < size; at += bytes) {
      long piece = Math.min(bytes, size - at);
      int slot = next;
      next = (next + 1) % buffers.length;
      done[slot].synchronize();
      MemorySegment pinned = buffers[slot].memory();
      MemorySegment.copy(host, at, pinned, 0, piece);
      stream.copyIn(pinned.address(), device + at, piece);
      stream.record(done[slot]);
    }
  }

  /** Copies from the device; returns when {@code host} is filled. */
  void out(GpuStream stream, long device, MemorySegment host) {
    long size = host.byteSize();
    int pieces = Math.toIntExact((size + bytes - 1) / bytes);
    int first = next;
    for (int i = 0; i < pieces + buffers.length - 1; i++) {
      if (i < pieces) {
        int slot = (first + i) % buffers.length;
        done[slot].synchronize();
        long at = (long) i * bytes;
        stream.copyOut(device + at, buffers[slot].memory().address(), Math.min(bytes, size - at));
        stream.record(done[slot]);
      }
      int ready = i - (buffers.length - 1);
      if (ready >= 0 && ready < pieces) {
        int slot = (first + ready) % buffers.length;
        done[slot].synchronize();
        long at = (long) ready * bytes;
        MemorySegment.copy(buffers[slot].memory(), 0, host, at, Math.min(bytes, size - at));
      }
    }
    next = (first + pieces) % buffers.length;
  }
}
