package io.gluonj.llvm;

import io.gluonj.natives.NativeArtifact;
import java.nio.charset.StandardCharsets;

/**
 * Compiles IR to PTX, and keeps the PTX on disk for each architecture, so that the second start of
 * a program compiles nothing and does not even load LLVM. The driver in turn keeps what it compiles
 * from PTX.
 */
public final class PtxCache {
  /** Part of every key; changes when {@link Ptx} compiles otherwise than before. */
  private static final String FORMAT = "ptx 1";

  private final ObjectCache cache;

  /** A cache over files. */
  public PtxCache(ObjectCache cache) {
    this.cache = cache;
  }

  /**
   * PTX of a module.
   *
   * @param ir text of LLVM IR whose kernels have the calling convention {@code ptx_kernel}
   * @param architecture as {@link Ptx#architecture} gives it
   * @throws IrException if LLVM does not accept the text
   * @throws io.gluonj.natives.NativeLibraryException if LLVM is needed and cannot be loaded
   */
  public String compile(String ir, String architecture) {
    String key = Hash.hex(FORMAT, NativeArtifact.LLVM.version(), architecture, ir);
    byte[] kept = cache.find(key);
    if (kept != null) {
      return new String(kept, StandardCharsets.UTF_8);
    }
    String ptx = Ptx.compile(ir, architecture);
    cache.store(key, ptx.getBytes(StandardCharsets.UTF_8));
    return ptx;
  }
}
