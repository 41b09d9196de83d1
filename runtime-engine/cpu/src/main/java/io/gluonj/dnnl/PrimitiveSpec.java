package io.gluonj.dnnl;

import org.jspecify.annotations.Nullable;

/**
 * What is to be computed: one operation on memory of certain descriptors. Records, hence keys of
 * {@link PrimitiveCache}.
 */
public sealed interface PrimitiveSpec
    permits Convolution,
        Pooling,
        MatMul,
        InnerProduct,
        BatchNormalization,
        LayerNormalization,
        Softmax,
        Eltwise,
        Binary,
        Reduction,
        Reorder {

  /** Number formats and fused operations. */
  Attributes attributes();

  /**
   * For gradients, the forward computation: oneDNN matches its formats and workspace. Null for the
   * others.
   */
  default @Nullable PrimitiveSpec forward() {
    return null;
  }

  /** Calls the C function that makes the primitive descriptor; gives its status. */
  int create(Creation creation) throws Throwable;
}
