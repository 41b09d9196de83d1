package io.gluonj.dnnl;

import io.gluonj.natives.NativeArtifact;
import io.gluonj.natives.NativeLibraries;
import io.gluonj.omp.OpenMp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** The library as a whole: loading, version, status checks and the CPU engine. */
public final class Dnnl {
  private static final int CPU = 1;

  private static volatile @Nullable SymbolLookup symbols;

  private Dnnl() {}

  /** Code that calls method handles of {@link DnnlApi}. */
  @FunctionalInterface
  interface Call<T> {
    T run(Arena arena) throws Throwable;
  }

  /** The CPU engine, created once. */
  private static final class Engine {
    static final MemorySegment CPU_ENGINE =
        Dnnl.create(
            "dnnl_engine_create", slot -> (int) DnnlApi.ENGINE_CREATE.invokeExact(slot, CPU, 0L));
  }

  /** A call that writes a new object to the pointer it is given. */
  @FunctionalInterface
  interface Creation {
    int run(MemorySegment slot) throws Throwable;
  }

  /**
   * Opens oneDNN, if that has not been done, after libgomp, whose environment {@link OpenMp} sets.
   *
   * @throws io.gluonj.natives.NativeLibraryException if a library cannot be found or opened
   */
  static SymbolLookup require() {
    SymbolLookup found = symbols;
    if (found == null) {
      OpenMp.shared().enter();
      found = NativeLibraries.system().open(NativeArtifact.DNNL, NativeArtifact.DNNL.library());
      symbols = found;
    }
    return found;
  }

  /**
   * Version of the library, for example {@code 3.13.0}.
   *
   * @throws io.gluonj.natives.NativeLibraryException if the library cannot be loaded
   */
  public static String version() {
    require();
    return call(arena -> {
      MemorySegment numbers =
          ((MemorySegment) DnnlApi.VERSION.invokeExact()).reinterpret(3 * Integer.BYTES);
      return numbers.getAtIndex(ValueLayout.JAVA_INT, 0)
          + "."
          + numbers.getAtIndex(ValueLayout.JAVA_INT, 1)
          + "."
          + numbers.getAtIndex(ValueLayout.JAVA_INT, 2);
    });
  }

  /**
   * Whether products of bf16 run in hardware (AVX-512 BF16 or AMX); elsewhere bf16 is slower than
   * f32.
   *
   * @throws io.gluonj.natives.NativeLibraryException if the library cannot be loaded
   */
  public static boolean fastBfloat16() {
    require();
    int avx512Bf16 = 0xe7; // dnnl_cpu_isa_avx512_core_bf16: a set of bits that later ones include
    int isa = call(arena -> (int) DnnlApi.GET_EFFECTIVE_CPU_ISA.invokeExact());
    return (isa & avx512Bf16) == avx512Bf16;
  }

  static MemorySegment engine() {
    require();
    return Engine.CPU_ENGINE;
  }

  /** Runs {@code body} with an arena for its arguments and results. */
  static <T> T call(Call<T> body) {
    try (Arena arena = Arena.ofConfined()) {
      return body.run(arena);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Code that calls method handles of {@link DnnlApi} and has no result. */
  @FunctionalInterface
  interface Action {
    void run(Arena arena) throws Throwable;
  }

  /** Runs {@code body} with an arena for its arguments. */
  static void run(Action body) {
    try (Arena arena = Arena.ofConfined()) {
      body.run(arena);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Runs {@code body} and gives the object it has created. */
  static MemorySegment create(String function, Creation body) {
    return call(arena -> {
      MemorySegment slot = arena.allocate(ValueLayout.ADDRESS);
      check(function, body.run(slot));
      return slot.get(ValueLayout.ADDRESS, 0);
    });
  }

  /** Throws unless {@code status} is success. */
  static void check(String function, int status) {
    if (status != 0) {
      throw new DnnlException(function, DnnlStatus.of(status), "");
    }
  }

  static AssertionError unexpected(Throwable t) {
    return new AssertionError("functions of the C API throw no Java exceptions", t);
  }
}
