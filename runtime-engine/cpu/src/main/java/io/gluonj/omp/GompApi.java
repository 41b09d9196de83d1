package io.gluonj.omp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.gluonj.natives.NativeArtifact;
import io.gluonj.natives.NativeLibraries;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Functions of libgomp. {@link OpenMp} extracts the library and sets the environment before this
 * class is initialized.
 */
final class GompApi {
  static final String LIBRARY = NativeArtifact.DNNL.files().getFirst();

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS =
      NativeLibraries.system().open(NativeArtifact.DNNL, LIBRARY);

  /**
   * {@code void GOMP_parallel(void (*fn)(void *), void *data, unsigned threads, unsigned flags)}.
   */
  static final MethodHandle PARALLEL =
      LINKER.downcallHandle(
          SYMBOLS.findOrThrow("GOMP_parallel"),
          FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));

  static final MethodHandle SET_NUM_THREADS =
      LINKER.downcallHandle(
          SYMBOLS.findOrThrow("omp_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));

  static final MethodHandle GET_MAX_THREADS =
      LINKER.downcallHandle(
          SYMBOLS.findOrThrow("omp_get_max_threads"), FunctionDescriptor.of(JAVA_INT));

  private GompApi() {}

  static MemorySegment address(String function) {
    return SYMBOLS.findOrThrow(function);
  }
}
