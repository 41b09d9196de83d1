package io.gluonj.dnnl;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** An operation that a primitive applies to its result before storing it. */
public sealed interface PostOp {

  /** {@code result = kind(result)}. */
  record Element(Eltwise.Kind kind, float alpha, float beta) implements PostOp {}

  /** {@code result += scale * what dst held before}. */
  record Sum(float scale) implements PostOp {}

  /**
   * {@code result = kind(result, operand)}; the operand broadcasts and is bound as {@link
   * Arg#postOperand}.
   *
   * @param operand memory of the second operand
   */
  record Operand(Binary.Kind kind, MemoryDesc operand) implements PostOp {}

  /** Appends this to a {@code dnnl_post_ops_t}. */
  default void append(MemorySegment chain) {
    Dnnl.run(arena -> {
      switch (this) {
        case Element element ->
            Dnnl.check(
                "dnnl_post_ops_append_eltwise",
                (int)
                    DnnlApi.POST_OPS_APPEND_ELTWISE.invokeExact(
                        chain, element.kind().code(), element.alpha(), element.beta()));
        case Sum sum ->
            Dnnl.check(
                "dnnl_post_ops_append_sum",
                (int) DnnlApi.POST_OPS_APPEND_SUM.invokeExact(chain, sum.scale(), 0, 0));
        case Operand operand -> {
          MemoryDesc desc = operand.operand();
          try {
            Dnnl.check(
                "dnnl_post_ops_append_binary",
                (int)
                    DnnlApi.POST_OPS_APPEND_BINARY.invokeExact(
                        chain, operand.kind().code(), desc.handle()));
          } finally {
            Reference.reachabilityFence(desc);
          }
        }
      }
    });
  }
}
