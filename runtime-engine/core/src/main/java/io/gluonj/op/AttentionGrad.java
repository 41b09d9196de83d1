package io.gluonj.op;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.ScaledDotProductAttention.Layout;
import io.gluonj.op.ScaledDotProductAttention.Mask;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The gradient of {@link ScaledDotProductAttention}. Inputs: its queries, keys, values and mask,
 * both its outputs, the gradient of the first, and if asked for that of the second. Outputs: the
 * gradients of queries, keys and values. With the weights {@code P} made again from the scores and
 * their logarithm of the sum of exponentials, these are {@code dV = Pᵀ dO}, {@code dS = P * (dO Vᵀ
 * - rowsum(dO * O))}, {@code dQ = scale * dS K} and {@code dK = scale * dSᵀ Q} (Dao et al.,
 * FlashAttention, NeurIPS 2022).
 *
 * @param statistics whether the gradient of the second output is given: in second derivatives
 */
public record AttentionGrad(
    Optional<Double> scale, boolean causal, Mask mask, Layout layout, boolean statistics)
    implements Op.Composite {
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int MASK = 3;

  static final OpSchema<AttentionGrad> SCHEMA =
      OpSchema.internal(
              new AttentionGrad(Optional.empty(), false, Mask.NONE, Layout.HEADS_FIRST, false),
              "_attention_grad")
          .inputs("query", "key", "value")
          .inputUnless(op -> op.mask() == Mask.NONE, "mask")
          .inputs("out", "log_sum_exp", "dout")
          .inputUnless(op -> !op.statistics(), "dlog_sum_exp")
          .sample(
              new AttentionGrad(Optional.empty(), false, Mask.NONE, Layout.HEADS_FIRST, false),
              -1,
              1,
              Shape.of(2, 2, 3, 4),
              Shape.of(2, 2, 5, 4),
              Shape.of(2, 2, 5, 2),
              Shape.of(2, 2, 3, 2),
              Shape.of(2, 2, 3, 1),
              Shape.of(2, 2, 3, 2))
          .sample(
              new AttentionGrad(Optional.of(0.3), true, Mask.ADDITIVE, Layout.TIME_FIRST, true),
              -1,
              1,
              Shape.of(3, 4, 2),
              Shape.of(5, 2, 2),
              Shape.of(5, 2, 3),
              Shape.of(4, 1, 5),
              Shape.of(3, 4, 3),
              Shape.of(4, 3, 1),
              Shape.of(3, 4, 3),
              Shape.of(4, 3, 1))
          .sample(
              new AttentionGrad(Optional.empty(), true, Mask.BOOLEAN, Layout.TIME_FIRST, false),
              new SampleInput(TensorType.float32(3, 4, 2), -1, 1),
              new SampleInput(TensorType.float32(2, 2, 2), -1, 1),
              new SampleInput(TensorType.float32(2, 2, 3), -1, 1),
              new SampleInput(new TensorType(Shape.of(3, 2), DType.UINT8), 0, 2),
              new SampleInput(TensorType.float32(3, 4, 3), -1, 1),
              new SampleInput(TensorType.float32(4, 3, 1), -1, 1),
              new SampleInput(TensorType.float32(3, 4, 3), -1, 1));

  /** The operator this is the gradient of. */
  public ScaledDotProductAttention forward() {
    return new ScaledDotProductAttention(scale, causal, mask, layout);
  }

  /** Number of the input that holds the result. */
  public int result() {
    return mask == Mask.NONE ? MASK : MASK + 1;
  }

  @Override
  public int outputs() {
    return 3;
  }

  @Override
  public int visibleOutputs() {
    return outputs();
  }

  @Override
  public void infer(Infer s) {
    for (int i = QUERY; i <= VALUE; i++) {
      s.dtype(i, s.dtype(i));
    }
    if (!AttentionShape.infer(s, layout, mask)) {
      return;
    }
    Shape mixed = s.in(QUERY).with(-1, s.in(VALUE).dim(-1));
    Shape one = AttentionShape.headsFirst(layout, s.in(QUERY)).with(-1, 1);
    s.in(result(), mixed, "there is a mixed value for each query");
    s.in(result() + 1, one, "there is one number for each query of each head");
    s.in(result() + 2, mixed, "a gradient has the shape of the result");
    if (statistics) {
      s.in(result() + 3, one, "a gradient has the shape of the result");
    }
    for (int i = QUERY; i <= VALUE; i++) {
      s.out(i, s.in(i), "a gradient has the shape of its input");
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    AttentionSteps steps =
        new AttentionSteps(
            forward(), e.in(QUERY), e.in(KEY), e.in(VALUE), mask == Mask.NONE ? null : e.in(MASK));
    int at = result();
    var grads =
        steps.gradients(e.in(at), e.in(at + 1), e.in(at + 2), statistics ? e.in(at + 3) : null);
    return List.of(
        grads.query().cast(e.in(QUERY).dtype()),
        grads.key().cast(e.in(KEY).dtype()),
        grads.value().cast(e.in(VALUE).dtype()));
  }
}
