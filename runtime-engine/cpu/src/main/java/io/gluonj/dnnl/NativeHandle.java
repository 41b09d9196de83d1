package io.gluonj.dnnl;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;

/**
 * An object of the C API that is destroyed once: by the owner's {@code close}, or when the owner is
 * no longer reachable.
 *
 * @param address the object
 * @param destroy the function that frees it
 * @param name of that function
 */
record NativeHandle(MemorySegment address, MethodHandle destroy, String name) implements Runnable {
  /** One thread for all objects of oneDNN. */
  static final Cleaner CLEANER = Cleaner.create();

  @Override
  public void run() {
    try {
      Dnnl.check(name, (int) destroy.invokeExact(address));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw Dnnl.unexpected(t);
    }
  }
}
