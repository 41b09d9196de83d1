package io.gluonj.dnnl;

import org.jspecify.annotations.Nullable;

/**
 * Convolution and its transpose, with their gradients.
 *
 * <p>Data is (batch, channels, spatial...), weights (out, in, spatial...) or (groups, out per
 * group, in per group, spatial...), for the transpose too. Give weights as {@link MemoryDesc#any}
 * and reorder into what the primitive wants; see {@link FormatTag#ANY} for what happens otherwise.
 * The implementation chosen first is not always the fastest: {@link PrimitiveDesc#candidates}.
 */
public sealed interface Convolution extends PrimitiveSpec {

  /** Which of the two. */
  enum Kind {
    CONVOLUTION(3),
    /** Also called deconvolution. */
    TRANSPOSED(10);

    private final int algorithm;

    Kind(int algorithm) {
      this.algorithm = algorithm;
    }
  }

  /** {@code SRC, WEIGHTS, BIAS -> DST}; {@code bias} null for none. */
  record Forward(
      Kind kind,
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc weights,
      @Nullable MemoryDesc bias,
      MemoryDesc dst,
      Window window,
      Attributes attributes)
      implements Convolution {
    @Override
    public int create(Creation c) throws Throwable {
      return switch (kind) {
        case CONVOLUTION ->
            (int)
                DnnlApi.CONVOLUTION_FORWARD.invokeExact(
                    c.slot(),
                    c.engine(),
                    propagation.code(),
                    kind.algorithm,
                    c.md(src),
                    c.md(weights),
                    c.md(bias),
                    c.md(dst),
                    c.dims(window.strides()),
                    c.dilations(window.dilations()),
                    c.dims(window.padBegin()),
                    c.dims(window.padEnd()),
                    c.attributes());
        case TRANSPOSED ->
            (int)
                DnnlApi.DECONVOLUTION_FORWARD.invokeExact(
                    c.slot(),
                    c.engine(),
                    propagation.code(),
                    kind.algorithm,
                    c.md(src),
                    c.md(weights),
                    c.md(bias),
                    c.md(dst),
                    c.dims(window.strides()),
                    c.dilations(window.dilations()),
                    c.dims(window.padBegin()),
                    c.dims(window.padEnd()),
                    c.attributes());
      };
    }
  }

  /** {@code DIFF_DST, WEIGHTS -> DIFF_SRC}. */
  record BackwardData(
      Forward forward,
      MemoryDesc diffSrc,
      MemoryDesc weights,
      MemoryDesc diffDst,
      Attributes attributes)
      implements Convolution {
    @Override
    public int create(Creation c) throws Throwable {
      Window window = forward.window();
      return switch (forward.kind()) {
        case CONVOLUTION ->
            (int)
                DnnlApi.CONVOLUTION_BACKWARD_DATA.invokeExact(
                    c.slot(),
                    c.engine(),
                    forward.kind().algorithm,
                    c.md(diffSrc),
                    c.md(weights),
                    c.md(diffDst),
                    c.dims(window.strides()),
                    c.dilations(window.dilations()),
                    c.dims(window.padBegin()),
                    c.dims(window.padEnd()),
                    c.hint(),
                    c.attributes());
        case TRANSPOSED ->
            (int)
                DnnlApi.DECONVOLUTION_BACKWARD_DATA.invokeExact(
                    c.slot(),
                    c.engine(),
                    forward.kind().algorithm,
                    c.md(diffSrc),
                    c.md(weights),
                    c.md(diffDst),
                    c.dims(window.strides()),
                    c.dilations(window.dilations()),
                    c.dims(window.padBegin()),
                    c.dims(window.padEnd()),
                    c.hint(),
                    c.attributes());
      };
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
      implements Convolution {
    @Override
    public int create(Creation c) throws Throwable {
      Window window = forward.window();
      return switch (forward.kind()) {
        case CONVOLUTION ->
            (int)
                DnnlApi.CONVOLUTION_BACKWARD_WEIGHTS.invokeExact(
                    c.slot(),
                    c.engine(),
                    forward.kind().algorithm,
                    c.md(src),
                    c.md(diffWeights),
                    c.md(diffBias),
                    c.md(diffDst),
                    c.dims(window.strides()),
                    c.dilations(window.dilations()),
                    c.dims(window.padBegin()),
                    c.dims(window.padEnd()),
                    c.hint(),
                    c.attributes());
        case TRANSPOSED ->
            (int)
                DnnlApi.DECONVOLUTION_BACKWARD_WEIGHTS.invokeExact(
                    c.slot(),
                    c.engine(),
                    forward.kind().algorithm,
                    c.md(src),
                    c.md(diffWeights),
                    c.md(diffBias),
                    c.md(diffDst),
                    c.dims(window.strides()),
                    c.dilations(window.dilations()),
                    c.dims(window.padBegin()),
                    c.dims(window.padEnd()),
                    c.hint(),
                    c.attributes());
      };
    }
  }
}
