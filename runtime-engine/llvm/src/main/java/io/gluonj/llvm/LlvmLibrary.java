package io.gluonj.llvm;

import io.gluonj.natives.NativeArtifact;
import io.gluonj.natives.NativeLibraries;
import java.lang.foreign.SymbolLookup;
import org.jspecify.annotations.Nullable;

/**
 * Opens libLLVM on first use.
 *
 * <p>Separate from {@link LlvmApi} so that a missing library is reported as what it is at every
 * attempt, and not once as {@code ExceptionInInitializerError} and later as {@code
 * NoClassDefFoundError}: call {@link #require} before anything of {@link LlvmApi}.
 */
final class LlvmLibrary {
  private static volatile @Nullable SymbolLookup symbols;

  private LlvmLibrary() {}

  /**
   * Makes sure that libLLVM is open.
   *
   * @throws io.gluonj.natives.NativeLibraryException if it cannot be found or opened
   */
  static SymbolLookup require() {
    SymbolLookup found = symbols;
    if (found == null) {
      found = NativeLibraries.system().open(NativeArtifact.LLVM, NativeArtifact.LLVM.library());
      symbols = found;
    }
    return found;
  }
}
