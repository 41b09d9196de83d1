package io.gluonj.dnnl;

/** Softmax and its logarithm along one dimension, with their gradients. */
public sealed interface Softmax extends PrimitiveSpec {

  /** Which of the two. */
  enum Kind {
    SOFTMAX(196608),
    LOG_SOFTMAX(196609);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** {@code SRC -> DST}; the axis counts logical dimensions from 0. */
  record Forward(
      Kind kind,
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc dst,
      int axis,
      Attributes attributes)
      implements Softmax {
    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.SOFTMAX_FORWARD.invokeExact(
              c.slot(),
              c.engine(),
              propagation.code(),
              kind.code,
              c.md(src),
              c.md(dst),
              axis,
              c.attributes());
    }
  }

  /** {@code DST, DIFF_DST -> DIFF_SRC}. */
  record Backward(Forward forward, MemoryDesc diffSrc, MemoryDesc diffDst, MemoryDesc dst)
      implements Softmax {
    @Override
    public Attributes attributes() {
      return Attributes.DEFAULT;
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.SOFTMAX_BACKWARD.invokeExact(
              c.slot(),
              c.engine(),
              forward.kind().code,
              c.md(diffSrc),
              c.md(diffDst),
              c.md(dst),
              forward.axis(),
              c.hint(),
              c.attributes());
    }
  }
}
