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
 * <p>Queries are (…, Lq, D), keys (…, Lk, D), values (…, Lk, Dv), the result (…, Lq, Dv). The axes
 * in front are equal, but the one before the last two, the heads, may have a multiple of the keys'
 * extent in the queries: {@code n} neighbouring heads of the queries then share a head of the keys
 * and values (Ainslie et al., EMNLP 2023). The mask broadcasts to (…, Lq, Lk). A query that may see
 * no key at all gives zeros, and passes no gradient on.
 *
 * @param scale factor of the products; {@code 1 / sqrt(D)} if there is none
 * @param causal whether query {@code i} sees keys up to {@code i + Lk - Lq} only, so that the last
 *     query sees every key
 * @param mask what the fourth input says; there is none without a mask
 */
public record ScaledDotProductAttention(Optional<Double> scale, boolean causal, Mask mask)
    implements Op.Composite {
  /** The meaning of a mask. */
  public enum Mask {
    /** There is no mask. */
    NONE,
    /** It is added to the products; minus infinity hides a key. */
    ADDITIVE,
    /** Keys count where it is not 0. */
    BOOLEAN
  }

  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int MASK = 3;

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
              new ScaledDotProductAttention(Optional.empty(), false, Mask.BOOLEAN),
              new SampleInput(TensorType.float32(1, 2, 4, 3), -2, 2),
              new SampleInput(TensorType.float32(1, 1, 3, 3), -2, 2),
              new SampleInput(TensorType.float32(1, 1, 3, 3), -2, 2),
              new SampleInput(new TensorType(Shape.of(4, 3), DType.UINT8), 0, 2));

  @Override
  public void infer(Infer s) {
    Shape q = s.in(QUERY);
    Shape k = s.in(KEY);
    Shape v = s.in(VALUE);
    if (!q.hasRank() || !k.hasRank() || !v.hasRank()) {
      return;
    }
    int rank = q.rank();
    if (rank < 2 || k.rank() != rank || v.rank() != rank) {
      throw s.error(
          "queries, keys and values of ranks " + rank + ", " + k.rank() + " and " + v.rank(),
          "all are (..., positions, features) with the same axes in front",
          "reshape or expand them to one rank of at least 2");
    }
    s.in(KEY, unknown(rank).with(-1, q.dim(-1)), "keys have the features of the queries");
    s.in(QUERY, unknown(rank).with(-1, k.dim(-1)), "queries have the features of the keys");
    for (int i = 0; i < rank - 2; i++) {
      s.in(VALUE, unknown(rank).with(i, k.dim(i)), "there is a value for each key");
      if (i < rank - 3) {
        s.in(KEY, unknown(rank).with(i, q.dim(i)), "keys belong to the queries beside them");
      }
    }
    s.in(VALUE, unknown(rank).with(-2, k.dim(-2)), "there is a value for each key");
    if (rank > 2 && q.isKnown() && k.isKnown() && (k.dim(-3) == 0 || q.dim(-3) % k.dim(-3) != 0)) {
      throw s.error(
          q.dim(-3) + " heads of queries for " + k.dim(-3) + " heads of keys",
          "as many neighbouring heads of queries share each head of keys",
          "use a number of query heads that is a multiple of the key heads");
    }
    if (mask != Mask.NONE && s.in(MASK).isKnown() && q.isKnown() && k.isKnown()) {
      Shape scores = q.with(-1, k.dim(-2));
      if (!scores.equals(Shape.broadcast(scores, s.in(MASK)))) {
        throw s.error(
            "a mask of shape " + s.in(MASK),
            "it broadcasts to the products of queries and keys, " + scores,
            "reshape the mask, or expand it by axes of extent 1");
      }
    }
    s.out(0, s.in(QUERY).with(-1, s.in(VALUE).dim(-1)), "there is a mixed value for each query");
    s.dtype(0, s.dtype(QUERY));
  }

  private static Shape unknown(int rank) {
    long[] dims = new long[rank];
    java.util.Arrays.fill(dims, Shape.UNKNOWN);
    return Shape.of(dims);
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape q = e.shape(QUERY);
    Shape k = e.shape(KEY);
    Shape v = e.shape(VALUE);
    int rank = q.rank();
    long groups = k.sizeTo(rank - 2);
    long rows = groups == 0 ? 0 : q.sizeTo(rank - 1) / groups;
    double factor = scale.orElse(1 / Math.sqrt((double) q.dim(-1)));
    Tensor products =
        Ops.call(
            new MatMul(false, true, false),
            e.in(QUERY).mul(factor).reshapeTo(Shape.of(groups, rows, q.dim(-1))),
            e.in(KEY).reshapeTo(Shape.of(groups, k.dim(-2), k.dim(-1))));
    Shape scores = q.with(-1, k.dim(-2));
    Tensor weights = weights(e, products.reshapeTo(scores));
    return List.of(
        Ops.call(
                new MatMul(false, false, false),
                weights.reshapeTo(products.shape()),
                e.in(VALUE).reshapeTo(Shape.of(groups, v.dim(-2), v.dim(-1))))
            .reshapeTo(q.with(-1, v.dim(-1))));
  }

  /** How much each key counts for each query. */
  private Tensor weights(Expansion e, Tensor scores) {
    Scalar value = mask == Mask.ADDITIVE ? Scalar.arg(0).plus(Scalar.arg(1)) : Scalar.arg(0);
    Scalar seen = mask == Mask.BOOLEAN ? Scalar.arg(1).with(Fn2.NE, Scalar.of(0)) : Scalar.of(1);
    Shape shape = scores.shape();
    int rank = shape.rank();
    long ahead = shape.dim(-1) - shape.dim(-2);
    if (causal) {
      Scalar last = new Scalar.Iota(rank - 2).plus((double) ahead);
      seen = seen.times(new Scalar.Iota(rank - 1).with(Fn2.LE, last));
    }
    var arguments = new ArrayList<>(List.of(scores));
    if (mask != Mask.NONE) {
      arguments.add(e.in(MASK).cast(scores.dtype()));
    }
    if (!causal && mask == Mask.NONE) {
      return scores.softmax(-1);
    }
    Scalar hidden = Scalar.of(Double.NEGATIVE_INFINITY);
    Tensor visible = Fused.of(seen.choose(value, hidden), arguments);
    boolean all = mask == Mask.NONE && ahead >= 0; // every query sees a key
    return all ? visible.softmax(-1) : Ops.call(new SafeSoftmax(), visible);
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
