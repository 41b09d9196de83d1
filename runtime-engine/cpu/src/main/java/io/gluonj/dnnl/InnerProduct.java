package io.gluonj.dnnl;

import org.jspecify.annotations.Nullable;

/**
 * Fully connected layer with its gradients: {@code src} (batch, in...) and {@code weights} (out,
 * in...) may have spatial dimensions, which flattens images of any format at no cost. Give weights
 * as {@link MemoryDesc#any}.
 */
public sealed interface InnerProduct extends PrimitiveSpec {

  /** {@code SRC, WEIGHTS, BIAS -> DST}; {@code bias} null for none. */
  record Forward(
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc weights,
      @Nullable MemoryDesc bias,
      MemoryDesc dst,
      Attributes attributes)
      implements InnerProduct {
    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.INNER_PRODUCT_FORWARD.invokeExact(
              c.slot(),
              c.engine(),
              propagation.code(),
              c.md(src),
              c.md(weights),
              c.md(bias),
              c.md(dst),
              c.attributes());
    }
  }

  /** {@code DIFF_DST, WEIGHTS -> DIFF_SRC}. */
  record BackwardData(
      Forward forward,
      MemoryDesc diffSrc,
      MemoryDesc weights,
      MemoryDesc diffDst,
      Attributes attributes)
      implements InnerProduct {
    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.INNER_PRODUCT_BACKWARD_DATA.invokeExact(
              c.slot(),
              c.engine(),
              c.md(diffSrc),
              c.md(weights),
              c.md(diffDst),
              c.hint(),
              c.attributes());
    }
  }

  /** {@code SRC, DIFF_DST -> DIFF_WEIGHTS, DIFF_BIAS}; {@code diffBias} null for none. */
  record BackwardWeights(
      Forward forward,
      MemoryDesc src,
      MemoryDesc diffWeights,
      @Nullable MemoryDesc diffBias,
      MemoryDesc diffDst,
      Attributes attributes)
      implements InnerProduct {
    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.INNER_PRODUCT_BACKWARD_WEIGHTS.invokeExact(
              c.slot(),
              c.engine(),
              c.md(src),
              c.md(diffWeights),
              c.md(diffBias),
              c.md(diffDst),
              c.hint(),
              c.attributes());
    }
  }
}
