package io.gluonj.dnnl;

import io.gluonj.omp.OpenMp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a Java thread needs to execute primitives: a stream, a prepared OpenMP team, and scratch
 * memory.
 */
final class ThreadState {
  private static final int IN_ORDER = 1;
  private static final long ALIGNMENT = 64;
  private static final ThreadLocal<ThreadState> CURRENT = ThreadLocal.withInitial(ThreadState::new);

  private final MemorySegment stream;
  private MemorySegment scratchpad = MemorySegment.NULL;

  private ThreadState() {
    OpenMp.shared().enter();
    MemorySegment engine = Dnnl.engine();
    stream =
        Dnnl.create(
            "dnnl_stream_create",
            slot -> (int) DnnlApi.STREAM_CREATE.invokeExact(slot, engine, IN_ORDER));
    NativeHandle.CLEANER.register(
        this, new NativeHandle(stream, DnnlApi.STREAM_DESTROY, "dnnl_stream_destroy"));
  }

  /** Of the calling thread. */
  static ThreadState current() {
    return CURRENT.get();
  }

  MemorySegment stream() {
    return stream;
  }

  /**
   * Memory of at least {@code size} bytes that nothing else uses on this thread; grows and is never
   * given back.
   */
  MemorySegment scratchpad(long size) {
    if (scratchpad.byteSize() < size) {
      scratchpad = Arena.ofAuto().allocate(size, ALIGNMENT);
    }
    return scratchpad;
  }
}
