package io.gluonj.op;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attention (Vaswani et al., NIPS 2017): {@code softmax(scale * q kᵀ + mask) v}, as one operator
 * named {@code scaled_dot_product_attention}.
 *
 * <p>Queries are (…, heads, Lq, D), keys (…, heads, Lk, D), values (…, heads, Lk, Dv), the result
 * (…, heads, Lq, Dv); with the layout {@link Layout#TIME_FIRST} positions come before heads. With
 * heads first the axis of heads may be missing. Axes in front are equal, but the queries may have a
 * multiple of the keys' heads: {@code n} neighbouring heads of the queries then share a head of the
 * keys and values (Ainslie et al., EMNLP 2023). The mask broadcasts to (…, heads, Lq, Lk) in both
 * layouts. A query that may see no key at all gives zeros, and passes no gradient on.
 *
 * <p>A hidden second output holds the logarithm of the sum of the exponentials of each query's
 * scores, (…, heads, Lq, 1), minus infinity for one that sees no key: with it the gradient makes
 * the weights again instead of keeping them (Dao, FlashAttention-2, ICLR 2024).
 *
 * @param scale factor of the products; {@code 1 / sqrt(D)} if there is none
 * @param causal whether query {@code i} sees keys up to {@code i + Lk - Lq} only, so that the last
 *     query sees every key
 * @param mask what the fourth input says; there is none without a mask
 * @param layout whether heads or positions come first
 */
public record ScaledDotProductAttention(
    Optional<Double> scale, boolean causal, Mask mask, Layout layout) implements Op.Composite {
  /** The meaning of a mask. */
  public enum Mask {
    /** There is no mask. */
    NONE,
    /** It is added to the products; minus infinity hides a key. */
    ADDITIVE,
    /** Keys count where it is not 0. */
    BOOLEAN
  }

  /** The order of axes. */
  public enum Layout {
    /** (…, heads, positions, features). */
    HEADS_FIRST,
    /** (…, positions, heads, features): what a projection gives, without a transpose. */
    TIME_FIRST;

    /** How far the axis of heads is in front of the last. */
    public int heads() {
      return this == HEADS_FIRST ? 2 : 1;
    }

    /** How far the axis of positions is in front of the last. */
    public int time() {
      return this == HEADS_FIRST ? 1 : 2;
    }

    String text() {
      return this == HEADS_FIRST
          ? "(..., positions, features)"
          : "(..., positions, heads, features)";
    }
  }

  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int MASK = 3;
  private static final int LOG_SUM_EXP = 1;

  static final OpSchema<ScaledDotProductAttention> SCHEMA =
      OpSchema.internal(
              new ScaledDotProductAttention(Optional.empty(), false, Mask.NONE),
              "scaled_dot_product_attention")
          .inputs("query", "key", "value")
          .inputUnless(op -> op.mask() == Mask.NONE, "mask")
          .sample(
              new ScaledDotProductAttention(Optional.empty(), false, Mask.NONE),
              Shape.of(2, 2, 3, 4),
              Shape.of(2, 2, 5, 4),
              Shape.of(2, 2, 5, 2))
          .sample(
              new ScaledDotProductAttention(Optional.of(0.3), true, Mask.NONE),
              Shape.of(4, 2, 3),
              Shape.of(2, 3, 3),
              Shape.of(2, 3, 2))
          .sample(
              new ScaledDotProductAttention(Optional.empty(), true, Mask.ADDITIVE),
              Shape.of(3, 2),
              Shape.of(2, 2),
              Shape.of(2, 3),
              Shape.of(1, 2))
          .sample(
              new ScaledDotProductAttention(
                  Optional.empty(), false, Mask.ADDITIVE, Layout.TIME_FIRST),
              Shape.of(2, 3, 4, 2),
              Shape.of(2, 5, 2, 2),
              Shape.of(2, 5, 2, 3),
              Shape.of(4, 1, 5))
          .sample(
              new ScaledDotProductAttention(Optional.empty(), false, Mask.BOOLEAN),
              new SampleInput(TensorType.float32(1, 2, 4, 3), -2, 2),
              new SampleInput(TensorType.float32(1, 1, 3, 3), -2, 2),
              new SampleInput(TensorType.float32(1, 1, 3, 3), -2, 2),
              new SampleInput(new TensorType(Shape.of(4, 3), DType.UINT8), 0, 2));

  /** Attention with heads first. */
  public ScaledDotProductAttention(Optional<Double> scale, boolean causal, Mask mask) {
    this(scale, causal, mask, Layout.HEADS_FIRST);
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public int visibleOutputs() {
    return 1;
  }

  /** The factor of the products. */
  public double factor(long features) {
    return scale.orElse(1 / Math.sqrt((double) features));
  }

  @Override
  public void infer(Infer s) {
    s.dtype(0, s.dtype(QUERY));
    s.dtype(LOG_SUM_EXP, AttentionSteps.statistics(s.dtype(QUERY)));
    if (AttentionShape.infer(s, layout, mask)) {
      s.out(0, s.in(QUERY).with(-1, s.in(VALUE).dim(-1)), "there is a mixed value for each query");
      Shape one = AttentionShape.headsFirst(layout, s.in(QUERY)).with(-1, 1);
      s.out(LOG_SUM_EXP, one, "there is one number for each query of each head");
    }
  }

  /**
   * In training weights are made as the gradient makes them, so that it finds them already computed
   * where a device runs these steps one by one.
   */
  @Override
  public List<Tensor> expand(Expansion e) {
    AttentionSteps steps =
        new AttentionSteps(
            this, e.in(QUERY), e.in(KEY), e.in(VALUE), mask == Mask.NONE ? null : e.in(MASK));
    Tensor logSumExp = steps.logSumExp();
    Tensor weights = e.training() ? steps.weights(logSumExp) : steps.softmax();
    return List.of(steps.mixed(weights), logSumExp);
  }

  @Override
  public boolean ownGradient() {
    return true;
  }

  @Override
  public void vjp(Vjp g) {
    if (mask == Mask.BOOLEAN) {
      g.none(MASK, "it says which keys count");
    }
    if (mask == Mask.ADDITIVE && g.needs(MASK)) {
      AttentionSteps steps =
          new AttentionSteps(this, g.in(QUERY), g.in(KEY), g.in(VALUE), g.in(MASK));
      Tensor dLogSumExp = g.used(LOG_SUM_EXP) ? g.dy(LOG_SUM_EXP) : null;
      var grads = steps.gradients(g.out(0), g.out(LOG_SUM_EXP), g.dy(), dLogSumExp);
      g.grad(QUERY, grads::query);
      g.grad(KEY, grads::key);
      g.grad(VALUE, grads::value);
      g.grad(MASK, () -> grads.scores().sumTo(g.in(MASK).shape()));
      return;
    }
    var inputs = new ArrayList<Tensor>();
    for (int i = 0; i < g.inputs(); i++) {
      inputs.add(g.in(i));
    }
    inputs.add(g.out(0));
    inputs.add(g.out(LOG_SUM_EXP));
    inputs.add(g.dy());
    boolean second = g.used(LOG_SUM_EXP);
    if (second) {
      inputs.add(g.dy(LOG_SUM_EXP));
    }
    Op grad = new AttentionGrad(scale, causal, mask, layout, second);
    List<? extends Tensor> grads = Ops.callAll(grad, "", inputs);
    for (int i = QUERY; i <= VALUE; i++) {
      int input = i;
      g.grad(i, () -> grads.get(input));
    }
  }

  /** Softmax of the last axis, zeros for what is minus infinity everywhere. */
  record SafeSoftmax() implements Op.Composite {
    static final OpSchema<SafeSoftmax> SCHEMA =
        OpSchema.internal(new SafeSoftmax(), "_safe_softmax")
            .inputs("data")
            .sample(new SafeSoftmax(), Shape.of(3, 4));

    @Override
    public void infer(Infer s) {
      if (s.in(0).hasRank() && s.in(0).rank() < 1) {
        throw s.error(
            "a softmax of a single number",
            "it is computed along the last axis, and there is none",
            "pass data of rank 1 or more");
      }
      s.same();
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor most = Ops.call(Reduce.max(true, -1), e.in(0));
      Scalar any = Scalar.arg(1).with(Fn2.NE, Scalar.of(Double.NEGATIVE_INFINITY));
      Scalar share = Scalar.arg(0).minus(Scalar.arg(1)).map(Fn.EXP);
      Tensor exp = Ops.call(new Fused(any.choose(share, Scalar.of(0)), 2), e.in(0), most);
      Tensor sum = Ops.call(Reduce.sum(true, -1), exp);
      Scalar some = Scalar.arg(1).with(Fn2.NE, Scalar.of(0));
      Scalar part = Scalar.arg(0).over(Scalar.arg(1));
      return List.of(Ops.call(new Fused(some.choose(part, Scalar.of(0)), 2), exp, sum));
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(
          0,
          () -> {
            Tensor mean = Ops.call(Reduce.sum(true, -1), g.dy().mul(g.out(0)));
            return g.dy().sub(mean).mul(g.out(0));
          });
    }
  }
}
