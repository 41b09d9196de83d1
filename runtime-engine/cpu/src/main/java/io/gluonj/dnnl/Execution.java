package io.gluonj.dnnl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Primitive} bound to memory: call {@link #set} for every argument, then {@link #run} as
 * often as wanted.
 *
 * <p>A primitive may be run by several threads at the same time only with memory objects and a
 * scratchpad of their own: give each thread, or each compiled plan, its own execution. One
 * execution runs once at a time; its methods lock. All native objects are made when it is created;
 * a run allocates nothing, and binding another address costs nanoseconds.
 *
 * <p>The scratchpad is that of the running thread unless {@link Arg#SCRATCHPAD} is set. Memory
 * without elements is not bound at all: do not run primitives on empty tensors.
 */
public final class Execution implements AutoCloseable {
  private static final long ARG_SIZE = 16; // dnnl_exec_arg_t: int, padding, pointer
  private static final long MEMORY_OFFSET = 8;

  /** Native objects of an execution, freed together. */
  private record Bound(Primitive.Code code, List<NativeHandle> memories) implements Runnable {
    @Override
    public void run() {
      memories.forEach(NativeHandle::run);
      code.release();
    }
  }

  private final Primitive.Code code;
  private final List<Arg> args;
  private final MemorySegment[] memories;
  private final long[] sizes;
  private final @Nullable MemorySegment[] data;
  private final MemorySegment call;
  private final Cleaner.Cleanable cleanable;
  private final int scratchpad;
  private boolean ownScratchpad;
  private boolean closed;

  /** The caller has retained {@code code}. */
  Execution(Primitive.Code code) {
    this.code = code;
    this.args = code.desc().args();
    int n = args.size();
    this.memories = new MemorySegment[n];
    this.sizes = new long[n];
    this.data = new MemorySegment[n];
    this.scratchpad = args.indexOf(Arg.SCRATCHPAD);
    List<NativeHandle> created = new ArrayList<>(n);
    boolean done = false;
    try {
      // not a shared arena: closing one stops all threads for a moment, 90 microseconds
      this.call = Arena.ofAuto().allocate(ARG_SIZE * Math.max(1, n), Long.BYTES);
      MemorySegment engine = Dnnl.engine();
      for (int i = 0; i < n; i++) {
        MemorySegment desc = code.desc().query(args.get(i));
        NativeHandle memory = createMemory(desc, engine);
        created.add(memory);
        memories[i] = memory.address();
        sizes[i] = MemoryDesc.sizeOf(desc);
        call.set(ValueLayout.JAVA_INT, i * ARG_SIZE, args.get(i).code());
        call.set(ValueLayout.ADDRESS, i * ARG_SIZE + MEMORY_OFFSET, memories[i]);
      }
      done = true;
    } finally {
      if (!done) {
        created.forEach(NativeHandle::run);
      }
    }
    this.cleanable = NativeHandle.CLEANER.register(this, new Bound(code, created));
  }

  private static NativeHandle createMemory(MemorySegment desc, MemorySegment engine) {
    return new NativeHandle(
        Dnnl.create(
            "dnnl_memory_create",
            slot ->
                (int) DnnlApi.MEMORY_CREATE.invokeExact(slot, desc, engine, MemorySegment.NULL)),
        DnnlApi.MEMORY_DESTROY,
        "dnnl_memory_destroy");
  }

  /** Everything that must be set, and the scratchpad, which may be. */
  public List<Arg> args() {
    return args;
  }

  /** The code that runs. */
  public PrimitiveDesc desc() {
    return code.desc();
  }

  /**
   * Binds memory to an argument; it stays bound for all runs until another is.
   *
   * @param memory off-heap memory of at least the size that {@code desc().desc(arg)} says, alive
   *     whenever this runs
   * @throws IllegalArgumentException if the primitive has no such argument, or the memory is on the
   *     heap or too small
   */
  public synchronized Execution set(Arg arg, MemorySegment memory) {
    checkOpen();
    int index = args.indexOf(arg);
    if (index < 0) {
      throw new IllegalArgumentException(
          "Execution: " + code.desc() + " has no argument " + arg + ", only " + args);
    }
    if (!memory.isNative() || memory.byteSize() < sizes[index]) {
      throw new IllegalArgumentException(
          "Execution: "
              + code.desc()
              + " needs "
              + sizes[index]
              + " bytes off the heap for "
              + arg
              + ", "
              + (memory.isNative() ? memory.byteSize() + " were given" : "heap memory was given"));
    }
    bind(index, memory);
    if (index == scratchpad) {
      ownScratchpad = true;
    }
    return this;
  }

  private void bind(int index, MemorySegment memory) {
    try {
      int status = (int) DnnlApi.MEMORY_SET_DATA_HANDLE.invokeExact(memories[index], memory);
      Dnnl.check("dnnl_memory_set_data_handle", status);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw Dnnl.unexpected(t);
    }
    data[index] = memory;
  }

  /**
   * Computes, on the OpenMP team of the calling thread; returns when the result is there.
   *
   * @throws IllegalStateException if an argument has not been set, its memory has been freed, or
   *     this is closed
   * @throws DnnlException if oneDNN reports an error
   */
  public synchronized void run() {
    checkOpen();
    ThreadState thread = ThreadState.current();
    if (scratchpad >= 0 && !ownScratchpad) {
      MemorySegment memory = thread.scratchpad(sizes[scratchpad]);
      if (!memory.equals(data[scratchpad])) {
        bind(scratchpad, memory);
      }
    }
    for (int i = 0; i < data.length; i++) {
      MemorySegment memory = data[i];
      if (memory == null || !memory.scope().isAlive()) {
        throw notReady(i);
      }
    }
    try {
      int status =
          (int)
              DnnlApi.PRIMITIVE_EXECUTE.invokeExact(
                  code.address(), thread.stream(), data.length, call);
      if (status != 0) {
        throw new DnnlException(
            "dnnl_primitive_execute", DnnlStatus.of(status), code.desc().spec().toString());
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw Dnnl.unexpected(t);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private IllegalStateException notReady(int index) {
    String missing = data[index] == null ? " has not been set" : " has been freed";
    return new IllegalStateException(
        "Execution: memory for " + args.get(index) + " of " + code.desc() + missing);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Execution: " + code.desc() + " was used after close()");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    cleanable.clean();
  }

  @Override
  public String toString() {
    return code.desc()
        + " with "
        + Arrays.stream(data).filter(Objects::nonNull).count()
        + " of "
        + args.size()
        + " arguments set";
  }
}
