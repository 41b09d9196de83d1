package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * The two products of multi-head attention over projections (steps, batch, features) whose heads
 * are interleaved: the features are (heads, parts, size), the parts being queries, keys and values.
 */
public sealed interface AttentionProducts extends Op.Composite {
  int heads();

  /** One part of each head as (batch * heads, steps, size). */
  private Tensor part(Tensor x, int part, int parts) {
    Shape s = x.shape();
    long size = s.dim(2) / (heads() * (long) parts);
    return x.reshapeTo(Shape.of(s.dim(0), s.dim(1), heads(), parts, size))
        .sliceAxis(3, part, part + 1)
        .reshapeTo(Shape.of(s.dim(0), s.dim(1) * heads(), size))
        .transpose(1, 0, 2);
  }

  /** {@code q kᵀ / sqrt(size)}. */
  private static Tensor scores(Tensor q, Tensor k) {
    double scale = 1 / Math.sqrt((double) q.shape().dim(2));
    return Ops.call(new MatMul(false, true, false), q.mul(scale), k);
  }

  /** Weighted values, back as (steps, batch, features). */
  private Tensor values(Tensor attention, Tensor v, long batch) {
    Tensor y = Ops.call(new MatMul(false, false, false), attention, v);
    Shape s = y.shape();
    return y.transpose(1, 0, 2).reshapeTo(Shape.of(s.dim(1), batch, heads() * s.dim(2)));
  }

  private void require(Infer s, int input, int parts) {
    Shape x = s.in(input);
    if (heads() < 1
        || (x.isKnown() && (x.rank() != 3 || x.dim(2) % (heads() * (long) parts) != 0))) {
      throw s.error(
          "projections of shape " + x + " for " + heads() + " heads",
          "they are (steps, batch, features), the features being " + parts + " parts of each head",
          "use 1 or more heads, and a number of features that heads times " + parts + " divides");
    }
  }

  /** Queries by keys of one sequence. */
  record SelfAttentionScores(int heads) implements AttentionProducts {
    static final OpSchema<SelfAttentionScores> SCHEMA =
        define(new SelfAttentionScores(1), "_contrib_interleaved_matmul_selfatt_qk")
            .inputs("queries_keys_values")
            .required("heads")
            .sample(new SelfAttentionScores(2), Shape.of(3, 2, 12));

    @Override
    public void infer(Infer s) {
      AttentionProducts self = this;
      self.require(s, 0, 3);
      if (s.in(0).isKnown()) {
        long steps = s.in(0).dim(0);
        s.out(
            0,
            Shape.of(Shape.times(s.in(0).dim(1), heads), steps, steps),
            "there is a matrix for each head");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      AttentionProducts self = this;
      return List.of(scores(self.part(e.in(0), 0, 3), self.part(e.in(0), 1, 3)));
    }
  }

  /** Attention by values of one sequence. */
  record SelfAttentionValues(int heads) implements AttentionProducts {
    static final OpSchema<SelfAttentionValues> SCHEMA =
        define(new SelfAttentionValues(1), "_contrib_interleaved_matmul_selfatt_valatt")
            .inputs("queries_keys_values", "attention")
            .required("heads")
            .sample(new SelfAttentionValues(2), Shape.of(3, 2, 12), Shape.of(4, 3, 3));

    @Override
    public void infer(Infer s) {
      AttentionProducts self = this;
      self.require(s, 0, 3);
      if (s.in(0).isKnown()) {
        Shape x = s.in(0);
        s.in(
            1,
            Shape.of(Shape.times(x.dim(1), heads), x.dim(0), x.dim(0)),
            "there is a matrix for each head");
        s.out(0, x.with(2, x.dim(2) / 3), "one part of the features is left");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      AttentionProducts self = this;
      return List.of(self.values(e.in(1), self.part(e.in(0), 2, 3), e.shape(0).dim(1)));
    }
  }

  /** Queries of one sequence by keys of another. */
  record CrossAttentionScores(int heads) implements AttentionProducts {
    static final OpSchema<CrossAttentionScores> SCHEMA =
        define(new CrossAttentionScores(1), "_contrib_interleaved_matmul_encdec_qk")
            .inputs("queries", "keys_values")
            .required("heads")
            .sample(new CrossAttentionScores(2), Shape.of(2, 1, 4), Shape.of(3, 1, 8));

    @Override
    public void infer(Infer s) {
      AttentionProducts self = this;
      self.require(s, 0, 1);
      self.require(s, 1, 2);
      Shape q = s.in(0);
      if (q.isKnown()) {
        Shape kv = Shape.of(Shape.UNKNOWN, q.dim(1), 2 * q.dim(2));
        s.in(1, kv, "keys and values have the batch and twice the features of the queries");
        s.out(
            0,
            Shape.of(Shape.times(q.dim(1), heads), q.dim(0), s.in(1).dim(0)),
            "there is a matrix for each head");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      AttentionProducts self = this;
      return List.of(scores(self.part(e.in(0), 0, 1), self.part(e.in(1), 0, 2)));
    }
  }

  /** Attention by values of another sequence. */
  record CrossAttentionValues(int heads) implements AttentionProducts {
    static final OpSchema<CrossAttentionValues> SCHEMA =
        define(new CrossAttentionValues(1), "_contrib_interleaved_matmul_encdec_valatt")
            .inputs("keys_values", "attention")
            .required("heads")
            .sample(new CrossAttentionValues(2), Shape.of(3, 1, 8), Shape.of(2, 2, 3));

    @Override
    public void infer(Infer s) {
      AttentionProducts self = this;
      self.require(s, 0, 2);
      if (s.in(0).isKnown()) {
        Shape kv = s.in(0);
        Shape each = Shape.of(Shape.times(kv.dim(1), heads), Shape.UNKNOWN, kv.dim(0));
        s.in(1, each, "there is a matrix for each head");
        s.out(
            0,
            Shape.of(s.in(1).dim(1), kv.dim(1), kv.dim(2) / 2),
            "one part of the features is left");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      AttentionProducts self = this;
      return List.of(self.values(e.in(1), self.part(e.in(0), 1, 2), e.shape(0).dim(1)));
    }
  }
}
