package io.gluonj.dnnl;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Normalization over the last dimension, with its gradient. Statistics are f32 of the shape without
 * it.
 */
public sealed interface LayerNormalization extends PrimitiveSpec {

  /**
   * {@code SRC, SCALE, SHIFT -> DST, MEAN, VARIANCE}.
   *
   * @param statistics format of mean and variance; null for row-major
   */
  record Forward(
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc dst,
      @Nullable MemoryDesc statistics,
      float epsilon,
      Set<NormalizationFlag> flags,
      Attributes attributes)
      implements LayerNormalization {
    /** Copies the flags. */
    public Forward {
      flags = Set.copyOf(flags);
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.LAYER_NORMALIZATION_FORWARD.invokeExact(
              c.slot(),
              c.engine(),
              propagation.code(),
              c.md(src),
              c.md(dst),
              c.md(statistics),
              epsilon,
              NormalizationFlag.bits(flags),
              c.attributes());
    }
  }

  /** {@code SRC, DIFF_DST, MEAN, VARIANCE, SCALE -> DIFF_SRC, DIFF_SCALE, DIFF_SHIFT}. */
  record Backward(Forward forward, MemoryDesc diffSrc, MemoryDesc diffDst, MemoryDesc src)
      implements LayerNormalization {
    /** {@code dnnl_backward}: data, scale and shift. */
    private static final int ALL = 128;

    @Override
    public Attributes attributes() {
      return Attributes.DEFAULT;
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.LAYER_NORMALIZATION_BACKWARD.invokeExact(
              c.slot(),
              c.engine(),
              ALL,
              c.md(diffSrc),
              c.md(diffDst),
              c.md(src),
              c.md(forward.statistics()),
              forward.epsilon(),
              NormalizationFlag.bits(forward.flags()),
              c.hint(),
              c.attributes());
    }
  }
}
