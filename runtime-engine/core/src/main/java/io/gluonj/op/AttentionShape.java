package io.gluonj.op;

import io.gluonj.op.ScaledDotProductAttention.Layout;
import io.gluonj.op.ScaledDotProductAttention.Mask;
import io.gluonj.types.Shape;
import java.util.Arrays;

/**
 * The extents of an attention, whose axes in front of the heads count as one.
 *
 * @param batch extent of these axes together
 * @param heads of the queries
 * @param keyHeads heads of keys and values, of which {@link #heads} is a multiple
 * @param features of a query and of a key
 * @param values features of a value
 */
public record AttentionShape(
    long batch, long heads, long keyHeads, long queries, long keys, long features, long values) {
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int MASK = 3;

  /** The extents for inputs of known shapes. */
  public static AttentionShape of(Layout layout, Shape query, Shape key, Shape value) {
    int rank = query.rank();
    boolean several = rank > 2;
    int heads = several ? rank - 1 - layout.heads() : 0;
    int time = rank - 1 - layout.time();
    return new AttentionShape(
        query.sizeTo(Math.max(0, rank - 3)),
        several ? query.dim(heads) : 1,
        several ? key.dim(heads) : 1,
        query.dim(time),
        key.dim(time),
        query.dim(-1),
        value.dim(-1));
  }

  /** How many heads of queries share a head of keys. */
  public long group() {
    return heads / keyHeads;
  }

  /** The shape of the products of queries and keys: (…, heads, Lq, Lk). */
  static Shape scores(Layout layout, Shape query, Shape key) {
    int time = key.rank() - 1 - layout.time();
    return headsFirst(layout, query).with(-1, key.dim(time));
  }

  /** A shape with its heads in front of the positions. */
  static Shape headsFirst(Layout layout, Shape shape) {
    int rank = shape.rank();
    return layout == Layout.HEADS_FIRST
        ? shape
        : shape.with(rank - 2, shape.dim(rank - 3)).with(rank - 3, shape.dim(rank - 2));
  }

  /** Checks queries, keys, values and mask, and gives them what is known of the others. */
  static boolean infer(Infer s, Layout layout, Mask mask) {
    Shape q = s.in(QUERY);
    Shape k = s.in(KEY);
    Shape v = s.in(VALUE);
    if (!q.hasRank() || !k.hasRank() || !v.hasRank()) {
      return false;
    }
    int rank = q.rank();
    int least = layout == Layout.HEADS_FIRST ? 2 : 3;
    if (rank < least || k.rank() != rank || v.rank() != rank) {
      throw s.error(
          "queries, keys and values of ranks " + rank + ", " + k.rank() + " and " + v.rank(),
          "all are " + layout.text() + " with the same axes in front",
          "reshape or expand them to one rank of at least " + least);
    }
    int time = rank - 1 - layout.time();
    int heads = rank - 1 - layout.heads();
    s.in(KEY, unknown(rank).with(-1, q.dim(-1)), "keys have the features of the queries");
    s.in(QUERY, unknown(rank).with(-1, k.dim(-1)), "queries have the features of the keys");
    for (int i = 0; i < rank - 1; i++) {
      s.in(VALUE, unknown(rank).with(i, k.dim(i)), "there is a value for each key");
      if (i != time && i != heads) {
        s.in(KEY, unknown(rank).with(i, q.dim(i)), "keys belong to the queries beside them");
      }
    }
    if (!q.isKnown() || !k.isKnown()) {
      return true;
    }
    if (rank > 2 && (k.dim(heads) == 0 || q.dim(heads) % k.dim(heads) != 0)) {
      throw s.error(
          q.dim(heads) + " heads of queries for " + k.dim(heads) + " heads of keys",
          "as many neighbouring heads of queries share each head of keys",
          "use a number of query heads that is a multiple of the key heads");
    }
    if (mask != Mask.NONE && s.in(MASK).isKnown()) {
      Shape scores = scores(layout, q, k);
      if (!scores.equals(Shape.broadcast(scores, s.in(MASK)))) {
        throw s.error(
            "a mask of shape " + s.in(MASK),
            "it broadcasts to the products of queries and keys, " + scores,
            "reshape the mask, or expand it by axes of extent 1");
      }
    }
    return true;
  }

  static Shape unknown(int rank) {
    long[] dims = new long[rank];
    Arrays.fill(dims, Shape.UNKNOWN);
    return Shape.of(dims);
  }
}
