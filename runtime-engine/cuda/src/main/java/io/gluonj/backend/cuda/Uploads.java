package io.gluonj.backend.cuda;

import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.GpuEvent;
import io.gluonj.cuda.StagingRing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies to a device that overlap its computations: on a stream of their own, through pinned
 * memory.
 *
 * <p>A copy waits only for the work enqueued before its block was last released, not for all that
 * was enqueued since; and computations wait for a copy only when they use its block, or when the
 * block is released. So a batch that is prefetched is copied while the step before it runs.
 */
final class Uploads {
  private static final int BUFFERS = 4;
  private static final int BUFFER_BYTES = 4 << 20;

  private final Gpu gpu;
  private final Marks marks;

  /** The mark up to which a block's last user reaches, by address. */
  private final Map<Long, Long> releasedAt = new ConcurrentHashMap<>();

  /** Copies that no computation has waited for yet, by address. */
  private final Map<Long, GpuEvent> pending = new ConcurrentHashMap<>();

  /** Events to use again; guarded by the device's lock. */
  private final Deque<GpuEvent> spare = new ArrayDeque<>();

  private final Object staging = new Object();
  private final StagingRing ring;

  Uploads(Gpu gpu, Marks marks) {
    this.gpu = gpu;
    this.marks = marks;
    this.ring = new StagingRing(gpu, BUFFERS, BUFFER_BYTES);
  }

  /** Copies to a block that no computation uses; returns when {@code host} may be reused. */
  void upload(MemorySegment host, long address) {
    synchronized (staging) {
      awaitLastUser(address);
      try {
        ring.in(gpu.copies(), host, address);
      } catch (RuntimeException e) {
        settleAfter(e);
        throw e;
      }
      gpu.lock().lock();
      try {
        GpuEvent done = spare.isEmpty() ? GpuEvent.of(gpu) : spare.pop();
        pending.put(address, gpu.copies().record(done));
      } finally {
        gpu.lock().unlock();
      }
    }
  }

  /** The block of a failed copy is given back at once: no piece may still be on its way to it. */
  private void settleAfter(RuntimeException failure) {
    try {
      gpu.copies().synchronize();
    } catch (CudaException again) {
      failure.addSuppressed(again);
    }
  }

  private void awaitLastUser(long address) {
    gpu.lock().lock();
    try {
      Long mark = releasedAt.get(address);
      marks.await(gpu.copies(), mark == null ? marks.last() : mark);
      awaitUpload(address); // an earlier copy to the same block
    } finally {
      gpu.lock().unlock();
    }
  }

  /** A block came from the device: it exists for the copy stream when the device gets there. */
  void allocated(long address) {
    releasedAt.put(address, marks.last());
  }

  /** Nobody uses a block any more. */
  void released(long address) {
    releasedAt.put(address, marks.last());
    if (pending.containsKey(address)) {
      gpu.lock().lock();
      try {
        awaitUpload(address);
      } finally {
        gpu.lock().unlock();
      }
    }
  }

  /** A block goes back to the device. */
  void freed(long address) {
    releasedAt.remove(address);
  }

  /** Lets computations enqueued from now on see what was copied to these blocks. */
  void awaitUploads(long[][] addresses) {
    if (!pending.isEmpty()) {
      for (long[] step : addresses) {
        for (long address : step) {
          awaitUpload(address);
        }
      }
    }
  }

  /** Lets work enqueued from now on see everything that was copied. */
  void awaitAll() {
    for (Long address : pending.keySet()) {
      awaitUpload(address);
    }
  }

  private void awaitUpload(long address) {
    GpuEvent done = pending.remove(address);
    if (done != null) {
      gpu.compute().await(done);
      spare.push(done); // the wait is for the event as it was when asked
    }
  }
}
