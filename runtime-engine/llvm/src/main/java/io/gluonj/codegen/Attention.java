package io.gluonj.codegen;

import io.gluonj.op.AttentionShape;
import io.gluonj.op.ScaledDotProductAttention;
import io.gluonj.op.ScaledDotProductAttention.Layout;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * An attention of float32 tensors in memory.
 *
 * @param mask empty without one
 */
public record Attention(
    AttentionShape shape, Layout layout, double scale, boolean causal, Optional<MaskInput> mask) {
  private static final int MASK = 3;

  /**
   * A mask that is broadcast to (batch, heads, queries, keys).
   *
   * @param additive whether it is added; else keys count where it is not 0
   * @param batch distance between elements of following batches; 0 where it is broadcast
   */
  public record MaskInput(
      DType type, boolean additive, long batch, long heads, long queries, long keys) {}

  /** Distances in elements between batches, heads and positions. */
  record Strides(long batch, long heads, long time) {}

  /** The attention of an operator on such inputs; none if no strides say how its mask lies. */
  public static Optional<Attention> of(ScaledDotProductAttention op, List<TensorType> in) {
    Shape query = in.get(0).shape();
    AttentionShape shape =
        AttentionShape.of(op.layout(), query, in.get(1).shape(), in.get(2).shape());
    Optional<MaskInput> mask = Optional.empty();
    if (op.mask() != ScaledDotProductAttention.Mask.NONE) {
      Shape outer = Shape.of(java.util.Arrays.copyOf(query.dims(), Math.max(0, query.rank() - 3)));
      boolean additive = op.mask() == ScaledDotProductAttention.Mask.ADDITIVE;
      mask = mask(in.get(MASK), additive, outer);
      if (mask.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Attention(shape, op.layout(), op.factor(shape.features()), op.causal(), mask));
  }

  /** The axes in front count as one, so a mask has them all or none. */
  private static Optional<MaskInput> mask(TensorType type, boolean additive, Shape outer) {
    Shape shape = type.shape();
    int rank = shape.rank();
    Shape inner = Shape.of(java.util.Arrays.copyOfRange(shape.dims(), Math.max(0, rank - 3), rank));
    long own = shape.sizeTo(Math.max(0, rank - 3));
    if (own != 1 && own != outer.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new MaskInput(
            type.dtype(),
            additive,
            own == 1 ? 0 : inner.size(),
            stride(inner, 2),
            stride(inner, 1),
            stride(inner, 0)));
  }

  /** The stride of the axis that is so far in front of the last; 0 where it is broadcast. */
  private static long stride(Shape shape, int ahead) {
    int axis = shape.rank() - 1 - ahead;
    return axis < 0 || shape.dim(axis) == 1 ? 0 : shape.sizeFrom(axis + 1);
  }

  /** How a tensor of so many heads, positions and features lies. */
  Strides strides(long heads, long time, long features) {
    long all = heads * time * features;
    return layout == Layout.HEADS_FIRST
        ? new Strides(all, time * features, features)
        : new Strides(all, features, heads * features);
  }

  /** Additions and multiplications of one product of all queries and keys. */
  double flops(long features) {
    double pairs = (double) shape.queries() * shape.keys() * (causal ? 0.5 : 1);
    return 2 * shape.batch() * shape.heads() * pairs * features;
  }
}
