package io.gluonj.dnnl;

import java.util.Set;

/**
 * Normalization over batch and space, with its gradient. {@code MEAN}, {@code VARIANCE}, {@code
 * SCALE} and {@code SHIFT} are f32 of shape (channels); the variance is the biased one.
 */
public sealed interface BatchNormalization extends PrimitiveSpec {

  /**
   * {@code SRC, SCALE, SHIFT -> DST, MEAN, VARIANCE, WORKSPACE}; the statistics are inputs with
   * global stats.
   */
  record Forward(
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc dst,
      float epsilon,
      Set<NormalizationFlag> flags,
      Attributes attributes)
      implements BatchNormalization {
    /** Copies the flags. */
    public Forward {
      flags = Set.copyOf(flags);
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.BATCH_NORMALIZATION_FORWARD.invokeExact(
              c.slot(),
              c.engine(),
              propagation.code(),
              c.md(src),
              c.md(dst),
              epsilon,
              NormalizationFlag.bits(flags),
              c.attributes());
    }
  }

  /**
   * {@code SRC, DIFF_DST, MEAN, VARIANCE, SCALE, WORKSPACE -> DIFF_SRC, DIFF_SCALE, DIFF_SHIFT}.
   */
  record Backward(Forward forward, MemoryDesc diffSrc, MemoryDesc diffDst, MemoryDesc src)
      implements BatchNormalization {
    /** {@code dnnl_backward}: data, scale and shift. */
    private static final int ALL = 128;

    @Override
    public Attributes attributes() {
      return Attributes.DEFAULT;
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.BATCH_NORMALIZATION_BACKWARD.invokeExact(
              c.slot(),
              c.engine(),
              ALL,
              c.md(diffSrc),
              c.md(diffDst),
              c.md(src),
              forward.epsilon(),
              NormalizationFlag.bits(forward.flags()),
              c.hint(),
              c.attributes());
    }
  }
}
