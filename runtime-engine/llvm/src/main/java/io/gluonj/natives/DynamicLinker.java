package io.gluonj.natives;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Asks the dynamic linker why it does not open a file: {@link SymbolLookup} only says that it does
 * not.
 */
public final class DynamicLinker {
  private static final int RTLD_NOW = 2;

  private DynamicLinker() {}

  /** The text of {@code dlerror(3)} after trying to open a path, or a name that is searched for. */
  public static String reason(Path library) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup c = linker.defaultLookup();
    if (c.find("dlopen").isEmpty() || c.find("dlerror").isEmpty()) {
      return "the C library of this platform does not say why";
    }
    MethodHandle dlopen =
        linker.downcallHandle(
            c.findOrThrow("dlopen"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    MethodHandle dlerror =
        linker.downcallHandle(c.findOrThrow("dlerror"), FunctionDescriptor.of(ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(library.toString());
      MemorySegment handle = (MemorySegment) dlopen.invokeExact(path, RTLD_NOW);
      if (handle.address() != 0) {
        return "it could be opened at the second attempt";
      }
      MemorySegment text = (MemorySegment) dlerror.invokeExact();
      return text.address() == 0
          ? "the dynamic linker gives no reason"
          : text.reinterpret(Integer.MAX_VALUE).getString(0);
    } catch (Throwable t) {
      throw new AssertionError("dlopen and dlerror throw no Java exceptions", t);
    }
  }
}
