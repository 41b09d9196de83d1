package io.gluonj.dnnl;

import org.jspecify.annotations.Nullable;

/**
 * {@code SRC, WEIGHTS, BIAS -> DST}: products of matrices (m, k) x (k, n), with any number of batch
 * dimensions in front. A transposed operand is one with exchanged strides. All operands have the
 * rank of {@code dst}.
 *
 * @param bias of the shape of {@code dst} with ones where it broadcasts; null for none
 */
public record MatMul(
    MemoryDesc src,
    MemoryDesc weights,
    @Nullable MemoryDesc bias,
    MemoryDesc dst,
    Attributes attributes)
    implements PrimitiveSpec {
  @Override
  public int create(Creation c) throws Throwable {
    return (int)
        DnnlApi.MATMUL.invokeExact(
            c.slot(), c.engine(), c.md(src), c.md(weights), c.md(bias), c.md(dst), c.attributes());
  }
}
