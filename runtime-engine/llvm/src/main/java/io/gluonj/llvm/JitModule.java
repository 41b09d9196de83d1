package io.gluonj.llvm;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The machine code of one IR text. Safe for use by several threads. */
public final class JitModule implements AutoCloseable {

  /**
   * Code in memory, shared by the modules compiled from the same text; counted under the lock of
   * the Jit's map.
   */
  static final class Code {
    private final String key;
    private final String suffix;
    private final MemorySegment tracker;
    private final Map<String, MemorySegment> addresses = new ConcurrentHashMap<>();
    private int holders = 1;

    Code(String key, String suffix, MemorySegment tracker) {
      this.key = key;
      this.suffix = suffix;
      this.tracker = tracker;
    }

    String key() {
      return key;
    }

    MemorySegment tracker() {
      return tracker;
    }

    Code retain() {
      holders++;
      return this;
    }

    boolean releaseLast() {
      return --holders == 0;
    }
  }

  private final Jit jit;
  private final Code code;
  private final AtomicBoolean closed = new AtomicBoolean();

  JitModule(Jit jit, Code code) {
    this.jit = jit;
    this.code = code;
  }

  /**
   * Address of a function, to be called through {@link java.lang.foreign.Linker#downcallHandle} or
   * by other native code.
   *
   * @param function name as in the IR text
   * @throws LlvmException if the module defines no such function, or calls one that is not known
   * @throws IllegalStateException if the module has been closed
   */
  public MemorySegment address(String function) {
    if (closed.get()) {
      throw new IllegalStateException(
          "JitModule: address of '" + function + "' was asked for after close()");
    }
    return code.addresses.computeIfAbsent(
        function, name -> MemorySegment.ofAddress(jit.linked().find(name + code.suffix, name)));
  }

  /** Frees the code, unless another module was compiled from the same text and is still open. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      jit.release(code);
    }
  }
}
