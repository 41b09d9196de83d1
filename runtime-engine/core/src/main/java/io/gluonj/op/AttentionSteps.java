package io.gluonj.op;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.ScaledDotProductAttention.Layout;
import io.gluonj.op.ScaledDotProductAttention.Mask;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Attention and its gradient in other operators. Everything in here has its heads in front of the
 * positions.
 */
final class AttentionSteps {
  private static final MatMul PRODUCT = new MatMul(false, false, false);
  private static final MatMul OF_TRANSPOSED_LEFT = new MatMul(true, false, false);
  private static final MatMul OF_TRANSPOSED_RIGHT = new MatMul(false, true, false);

  private final ScaledDotProductAttention op;
  private final @Nullable Tensor mask;
  private final Shape query;
  private final Shape key;
  private final Shape value;
  private final Shape scores;

  /** How many products of matrices there are, and how many queries each of them has. */
  private final long groups;

  private final long rows;
  private final double factor;
  private final Tensor scaledQueries;
  private final Tensor keys;
  private final Tensor values;

  /** The scores where a key is seen, else minus infinity. */
  private final Tensor visible;

  AttentionSteps(
      ScaledDotProductAttention op, Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
    this.op = op;
    this.mask = mask;
    Tensor first = headsFirst(q);
    Tensor second = headsFirst(k);
    Tensor third = headsFirst(v);
    this.query = first.shape();
    this.key = second.shape();
    this.value = third.shape();
    this.scores = query.with(-1, key.dim(-2));
    int rank = query.rank();
    this.groups = key.sizeTo(rank - 2);
    this.rows = groups == 0 ? 0 : query.sizeTo(rank - 1) / groups;
    this.factor = op.factor(query.dim(-1));
    this.scaledQueries = first.mul(factor).reshapeTo(grouped(query));
    this.keys = second.reshapeTo(matrices(key));
    this.values = third.reshapeTo(matrices(value));
    this.visible = visible(Ops.call(OF_TRANSPOSED_RIGHT, scaledQueries, keys).reshapeTo(scores));
  }

  /** All queries that share keys, one after the other. */
  private Shape grouped(Shape shape) {
    return Shape.of(groups, rows, shape.dim(-1));
  }

  private Shape matrices(Shape shape) {
    return Shape.of(groups, shape.dim(-2), shape.dim(-1));
  }

  /** Exchanges the axes of heads and positions if need be; so also the way back. */
  private Tensor headsFirst(Tensor x) {
    if (op.layout() == Layout.HEADS_FIRST) {
      return x;
    }
    int rank = x.shape().rank();
    return x.transpose(
        IntStream.range(0, rank)
            .map(i -> i == rank - 2 ? rank - 3 : i == rank - 3 ? rank - 2 : i)
            .toArray());
  }

  private Tensor visible(Tensor products) {
    Scalar with = op.mask() == Mask.ADDITIVE ? Scalar.arg(0).plus(Scalar.arg(1)) : Scalar.arg(0);
    Scalar seen =
        op.mask() == Mask.BOOLEAN ? Scalar.arg(1).with(Fn2.NE, Scalar.of(0)) : Scalar.of(1);
    int rank = scores.rank();
    if (op.causal()) {
      Scalar last = new Scalar.Iota(rank - 2).plus((double) ahead());
      seen = seen.times(new Scalar.Iota(rank - 1).with(Fn2.LE, last));
    }
    var arguments = new ArrayList<>(List.of(products));
    if (mask != null) {
      arguments.add(mask.cast(products.dtype()));
    }
    if (!op.causal() && mask == null) {
      return products;
    }
    Scalar hidden = Scalar.of(Double.NEGATIVE_INFINITY);
    return Fused.of(seen.choose(with, hidden), arguments);
  }

  private long ahead() {
    return scores.dim(-1) - scores.dim(-2);
  }

  /** Whether every query sees a key for certain. */
  private boolean allSee() {
    return mask == null && (!op.causal() || ahead() >= 0);
  }

  /** How much each key counts for each query. */
  Tensor softmax() {
    return allSee()
        ? visible.softmax(-1)
        : Ops.call(new ScaledDotProductAttention.SafeSoftmax(), visible);
  }

  /** The logarithm of the sum of the scores' exponentials: (…, heads, Lq, 1). */
  Tensor logSumExp() {
    Tensor wide = visible.cast(statistics(visible.dtype()));
    Tensor most = Ops.call(Reduce.max(true, -1), wide);
    Scalar base = finite(Scalar.arg(1));
    Tensor exp = Fused.of(Scalar.arg(0).minus(base).map(Fn.EXP), List.of(wide, most));
    Tensor sum = Ops.call(Reduce.sum(true, -1), exp);
    return Fused.of(Scalar.arg(0).map(Fn.LOG).plus(base), List.of(sum, most));
  }

  /** The type of a statistic of a row: half precision would spoil all that is made of it. */
  static DType statistics(DType type) {
    return DType.promote(type, DType.FLOAT32);
  }

  /** 0 for the minus infinity of a query that sees nothing, else the number itself. */
  private static Scalar finite(Scalar x) {
    Scalar nothing = x.with(Fn2.EQ, Scalar.of(Double.NEGATIVE_INFINITY));
    return nothing.choose(Scalar.of(0), x);
  }

  /** How much each key counts, given {@link #logSumExp()}. */
  Tensor weights(Tensor logSumExp) {
    Scalar base = allSee() ? Scalar.arg(1) : finite(Scalar.arg(1));
    Scalar weight = Scalar.arg(0).minus(base).map(Fn.EXP);
    return Fused.of(weight, List.of(visible, logSumExp)).cast(visible.dtype());
  }

  /** The values in these proportions, in the layout of the operator. */
  Tensor mixed(Tensor weights) {
    Tensor mixed = Ops.call(PRODUCT, weights.reshapeTo(grouped(scores)), values);
    return headsFirst(mixed.reshapeTo(query.with(-1, value.dim(-1))));
  }

  /** The gradients of queries, keys, values and scores. */
  record Gradients(Tensor query, Tensor key, Tensor value, Tensor scores) {}

  /**
   * The gradients from those of the results.
   *
   * @param dLogSumExp null if nothing depends on it
   */
  Gradients gradients(Tensor out, Tensor logSumExp, Tensor dOut, @Nullable Tensor dLogSumExp) {
    Tensor weights = weights(logSumExp);
    Tensor dy = headsFirst(dOut);
    Tensor dRows = dy.reshapeTo(grouped(dy.shape()));
    Tensor dValues = Ops.call(OF_TRANSPOSED_LEFT, weights.reshapeTo(grouped(scores)), dRows);
    Tensor dWeights = Ops.call(OF_TRANSPOSED_RIGHT, dRows, values).reshapeTo(scores);
    Tensor mean = Ops.call(Reduce.sum(true, -1), dy.mul(headsFirst(out)));
    Tensor shift = dLogSumExp == null ? mean : mean.sub(dLogSumExp.cast(mean.dtype()));
    Tensor dScores = dWeights.sub(shift).mul(weights);
    Tensor dProducts = dScores.reshapeTo(grouped(scores));
    return new Gradients(
        headsFirst(Ops.call(PRODUCT, dProducts, keys).mul(factor).reshapeTo(query)),
        headsFirst(Ops.call(OF_TRANSPOSED_LEFT, dProducts, scaledQueries).reshapeTo(key)),
        headsFirst(dValues.reshapeTo(value)),
        dScores);
  }
}
