package io.gluonj.dnnl;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code dnnl_primitive_t}: compiled code for one {@link PrimitiveSpec}. Immutable, and shared by
 * any number of {@link Execution}s on any threads.
 *
 * <p>The native object is destroyed when this and all its executions are closed (or no longer
 * reachable), so that closing never pulls code from under a thread that runs it.
 */
public final class Primitive implements AutoCloseable {

  /** The native primitive and the number of its owners. */
  static final class Code {
    private final PrimitiveDesc desc;
    private final NativeHandle handle;
    private final AtomicInteger owners = new AtomicInteger(1);

    Code(PrimitiveDesc desc) {
      this.desc = desc;
      this.handle =
          new NativeHandle(
              Dnnl.create(
                  "dnnl_primitive_create",
                  slot -> (int) DnnlApi.PRIMITIVE_CREATE.invokeExact(slot, desc.handle())),
              DnnlApi.PRIMITIVE_DESTROY,
              "dnnl_primitive_destroy");
    }

    PrimitiveDesc desc() {
      return desc;
    }

    MemorySegment address() {
      return handle.address();
    }

    void retain() {
      int before = owners.getAndUpdate(count -> count == 0 ? 0 : count + 1);
      if (before == 0) {
        throw new IllegalStateException("Primitive: " + desc + " was used after close()");
      }
    }

    void release() {
      if (owners.decrementAndGet() == 0) {
        handle.run();
        desc.close();
      }
    }
  }

  private final Code code;
  private final Cleaner.Cleanable cleanable;

  Primitive(PrimitiveDesc desc) {
    Code created = new Code(desc);
    this.code = created;
    this.cleanable = NativeHandle.CLEANER.register(this, created::release);
  }

  /**
   * Compiles the implementation that oneDNN prefers.
   *
   * @throws DnnlException if the descriptors do not fit together, or nothing implements them
   */
  public static Primitive of(PrimitiveSpec spec) {
    try (PrimitiveDesc desc = PrimitiveDesc.of(spec)) {
      return desc.compile();
    }
  }

  /** Formats, implementation and spec. Not usable after {@link #close}. */
  public PrimitiveDesc desc() {
    return code.desc();
  }

  /** Shorthand for {@code desc().desc(arg)}. */
  public MemoryDesc desc(Arg arg) {
    return code.desc().desc(arg);
  }

  /**
   * A new binding of this code to memory.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public Execution execution() {
    code.retain();
    boolean done = false;
    try {
      Execution execution = new Execution(code);
      done = true;
      return execution;
    } finally {
      if (!done) {
        code.release();
      }
    }
  }

  /** Executions that exist go on working. */
  @Override
  public void close() {
    cleanable.clean();
  }

  @Override
  public String toString() {
    return code.desc().toString();
  }
}
