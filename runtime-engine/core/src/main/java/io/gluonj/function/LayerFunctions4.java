package io.gluonj.function;

import io.gluonj.op.ScaledDotProductAttention;
import io.gluonj.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class LayerFunctions4 extends LayerFunctions3
    permits NormalizationFunctions {
  LayerFunctions4() {}

  /**
   * Attention (Vaswani et al., NIPS 2017): {@code softmax(scale * q kᵀ + mask) v}, as one operator
   * named {@code scaled_dot_product_attention}.
   */
  public static <T extends Tensor> T scaledDotProductAttention(
      T query, T key, T value, Tensor mask) {
    return one(
        new ScaledDotProductAttention(
            Optional.empty(),
            false,
            ScaledDotProductAttention.Mask.NONE,
            ScaledDotProductAttention.Layout.HEADS_FIRST),
        query,
        key,
        value,
        mask);
  }

  /**
   * Attention (Vaswani et al., NIPS 2017): {@code softmax(scale * q kᵀ + mask) v}, as one operator
   * named {@code scaled_dot_product_attention}.
   *
   * <p>Queries are (…, heads, Lq, D), keys (…, heads, Lk, D), values (…, heads, Lk, Dv), the result
   * (…, heads, Lq, Dv); with the layout {@code Layout.TIME_FIRST} positions come before heads. With
   * heads first the axis of heads may be missing. Axes in front are equal, but the queries may have
   * a multiple of the keys' heads: {@code n} neighbouring heads of the queries then share a head of
   * the keys and values (Ainslie et al., EMNLP 2023). The mask broadcasts to (…, heads, Lq, Lk) in
   * both layouts. A query that may see no key at all gives zeros, and passes no gradient on.
   *
   * <p>A hidden second output holds the logarithm of the sum of the exponentials of each query's
   * scores, (…, heads, Lq, 1), minus infinity for one that sees no key: with it the gradient makes
   * the weights again instead of keeping them (Dao, FlashAttention-2, ICLR 2024).
   */
  public static <T extends Tensor> T scaledDotProductAttention(
      T query,
      T key,
      T value,
      Tensor mask,
      Consumer<ScaledDotProductAttentionAttributes> attributes) {
    return one(
        set(new ScaledDotProductAttentionAttributes(), attributes).op(), query, key, value, mask);
  }

  /**
   * Attention (Vaswani et al., NIPS 2017): {@code softmax(scale * q kᵀ + mask) v}, as one operator
   * named {@code scaled_dot_product_attention}.
   */
  public static <T extends Tensor> T scaledDotProductAttention(T query, T key, T value) {
    return one(
        new ScaledDotProductAttention(
            Optional.empty(),
            false,
            ScaledDotProductAttention.Mask.NONE,
            ScaledDotProductAttention.Layout.HEADS_FIRST),
        query,
        key,
        value);
  }

  /**
   * Attention (Vaswani et al., NIPS 2017): {@code softmax(scale * q kᵀ + mask) v}, as one operator
   * named {@code scaled_dot_product_attention}.
   */
  public static <T extends Tensor> T scaledDotProductAttention(
      T query, T key, T value, Consumer<ScaledDotProductAttentionAttributes> attributes) {
    return one(set(new ScaledDotProductAttentionAttributes(), attributes).op(), query, key, value);
  }

  /** Attributes of {@code scaledDotProductAttention}. */
  public static final class ScaledDotProductAttentionAttributes extends Attributes {
    private Optional<Double> scale = Optional.empty();
    private boolean causal = false;
    private ScaledDotProductAttention.Mask mask = ScaledDotProductAttention.Mask.NONE;
    private ScaledDotProductAttention.Layout layout = ScaledDotProductAttention.Layout.HEADS_FIRST;

    private ScaledDotProductAttentionAttributes() {}

    /** Factor of the products; {@code 1 / sqrt(D)} if there is none; none by default. */
    public ScaledDotProductAttentionAttributes scale(double scale) {
      this.scale = Optional.of(scale);
      return this;
    }

    /**
     * Whether query {@code i} sees keys up to {@code i + Lk - Lq} only, so that the last query sees
     * every key; false by default.
     */
    public ScaledDotProductAttentionAttributes causal(boolean causal) {
      this.causal = causal;
      return this;
    }

    /** What the fourth input says; there is none without a mask; {@code none} by default. */
    public ScaledDotProductAttentionAttributes mask(ScaledDotProductAttention.Mask mask) {
      this.mask = mask;
      return this;
    }

    /** Whether heads or positions come first; {@code heads_first} by default. */
    public ScaledDotProductAttentionAttributes layout(ScaledDotProductAttention.Layout layout) {
      this.layout = layout;
      return this;
    }

    private ScaledDotProductAttention op() {
      return new ScaledDotProductAttention(scale, causal, mask, layout);
    }
  }
}
