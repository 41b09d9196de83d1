package io.gluonj.llvm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what LLVM reports aside from return values.
 *
 * <p>Without a handler LLVM prints an error of the code generator to the terminal and <em>ends the
 * process</em>, and the linker's explanations go to the terminal as well. LLVM reports on the
 * thread that called it, so the text is kept per thread until {@link #take} asks for it.
 */
final class Diagnostics {
  private static final int ERROR = 0;
  private static final ThreadLocal<List<String>> REPORTED = ThreadLocal.withInitial(ArrayList::new);

  /** {@code void (LLVMDiagnosticInfoRef, void *)}. */
  static final MemorySegment CONTEXT_HANDLER = stub("report");

  /** {@code void (void *, LLVMErrorRef)}; takes the error. */
  static final MemorySegment SESSION_HANDLER = stub("reportError");

  private Diagnostics() {}

  /** What has been reported on this thread since the last call, oldest first. */
  static List<String> take() {
    List<String> taken = List.copyOf(REPORTED.get());
    REPORTED.remove();
    return taken;
  }

  /** Throws what was reported on this thread, if anything was. */
  static void check(String doing) {
    List<String> errors = take();
    if (!errors.isEmpty()) {
      throw new LlvmException(doing + ": " + String.join("; ", errors));
    }
  }

  @SuppressWarnings("unused") // called from native code
  private static void report(MemorySegment info, MemorySegment context) {
    try {
      if ((int) LlvmApi.GET_DIAG_INFO_SEVERITY.invokeExact(info) == ERROR) {
        MemorySegment text = (MemorySegment) LlvmApi.GET_DIAG_INFO_DESCRIPTION.invokeExact(info);
        REPORTED.get().add(Native.takeString(text));
      }
    } catch (Throwable t) {
      REPORTED
          .get()
          .add(t.toString()); // an exception must not leave an upcall: it would end the JVM
    }
  }

  @SuppressWarnings("unused") // called from native code
  private static void reportError(MemorySegment context, MemorySegment error) {
    try {
      Native.check(error, "link");
    } catch (Throwable t) {
      REPORTED.get().add(String.valueOf(t.getMessage())); // as above
    }
  }

  private static MemorySegment stub(String method) {
    try {
      MethodHandle target =
          MethodHandles.lookup()
              .findStatic(
                  Diagnostics.class,
                  method,
                  MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class));
      return Linker.nativeLinker()
          .upcallStub(
              target,
              FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("both methods are in this class", e);
    }
  }
}
