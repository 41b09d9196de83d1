package io.gluonj.dnnl;

/**
 * One function applied to every element, with its gradient. Compiled kernels are as fast; used as
 * {@link PostOp}.
 */
public sealed interface Eltwise extends PrimitiveSpec {

  /** The function of s with parameters alpha and beta. */
  enum Kind {
    /** {@code s > 0 ? s : alpha * s}. */
    RELU(32),
    TANH(33),
    /** {@code s > 0 ? s : alpha * (exp(s) - 1)}. */
    ELU(34),
    SQUARE(35),
    ABS(36),
    SQRT(37),
    /** {@code alpha * s + beta}. */
    LINEAR(38),
    /** {@code log(1 + exp(alpha * s)) / alpha}. */
    SOFT_RELU(39),
    /** {@code max(0, min(1, alpha * s + beta))}. */
    HARD_SIGMOID(40),
    LOGISTIC(41),
    EXP(42),
    GELU_TANH(43),
    /** {@code s * logistic(alpha * s)}. */
    SWISH(44),
    LOG(45),
    /** {@code alpha * s^beta}. */
    POW(48),
    GELU_ERF(49);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** {@code SRC -> DST}. */
  record Forward(
      Kind kind,
      Propagation propagation,
      MemoryDesc src,
      MemoryDesc dst,
      float alpha,
      float beta,
      Attributes attributes)
      implements Eltwise {
    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.ELTWISE_FORWARD.invokeExact(
              c.slot(),
              c.engine(),
              propagation.code(),
              kind.code(),
              c.md(src),
              c.md(dst),
              alpha,
              beta,
              c.attributes());
    }
  }

  /** {@code SRC, DIFF_DST -> DIFF_SRC}. */
  record Backward(Forward forward, MemoryDesc diffSrc, MemoryDesc diffDst, MemoryDesc src)
      implements Eltwise {
    @Override
    public Attributes attributes() {
      return Attributes.DEFAULT;
    }

    @Override
    public int create(Creation c) throws Throwable {
      return (int)
          DnnlApi.ELTWISE_BACKWARD.invokeExact(
              c.slot(),
              c.engine(),
              forward.kind().code(),
              c.md(diffSrc),
              c.md(diffDst),
              c.md(src),
              forward.alpha(),
              forward.beta(),
              c.hint(),
              c.attributes());
    }
  }
}
