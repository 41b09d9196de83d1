package io.gluonj.llvm;

import java.lang.foreign.MemorySegment;

/**
 * The processor that code is compiled for, in LLVM's words.
 *
 * @param triple for example {@code x86_64-unknown-linux-gnu}
 * @param cpu for example {@code znver4}. Only a scheduling model: what may be used is in {@code
 *     features}, and on virtual machines the two may well disagree.
 * @param features comma separated, {@code +avx2} or {@code -avx512f} each
 */
public record HostTarget(String triple, String cpu, String features) {

  /**
   * The processor this JVM runs on.
   *
   * @throws io.gluonj.natives.NativeLibraryException if libLLVM cannot be loaded
   */
  public static HostTarget current() {
    LlvmLibrary.require();
    return Native.call(arena ->
        new HostTarget(
            Native.takeString((MemorySegment) LlvmApi.GET_DEFAULT_TARGET_TRIPLE.invokeExact()),
            Native.takeString((MemorySegment) LlvmApi.GET_HOST_CPU_NAME.invokeExact()),
            Native.takeString((MemorySegment) LlvmApi.GET_HOST_CPU_FEATURES.invokeExact())));
  }

  /**
   * Width in bits of the widest vector unit: 512, 256 or 128. Given to LLVM as {@code
   * prefer-vector-width}, because its own choice for many AVX-512 processors is 256, which makes
   * compute-bound kernels up to 1.8 times slower.
   */
  public int vectorBits() {
    if (has("avx512f")) {
      return 512;
    }
    return has("avx") ? 256 : 128;
  }

  /** Whether a feature, for example {@code avx2}, may be used. */
  public boolean has(String feature) {
    return ("," + features + ",").contains(",+" + feature + ",");
  }
}
