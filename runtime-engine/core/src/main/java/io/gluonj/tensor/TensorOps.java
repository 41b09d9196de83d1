package io.gluonj.tensor;

import io.gluonj.op.ArgExtremum;
import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Concat;
import io.gluonj.op.Dot;
import io.gluonj.op.Likeness;
import io.gluonj.op.Norm;
import io.gluonj.op.OneHot;
import io.gluonj.op.Pick;
import io.gluonj.op.Reduce;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.Slicing;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.op.SumTo;
import io.gluonj.op.Transpose;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fluent methods of {@link Tensor}, with MXNet's names in Java case. Axes may be negative.
 * Nothing is changed in place: every method returns a new tensor. In a formula the tensor itself is
 * data, lhs or x.
 *
 * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.
 */
public sealed interface TensorOps extends ElementwiseOps permits Tensor, NDArrayOps, SymbolOps {
  /**
   * The same elements in another shape. MXNet's codes: 0 copies an extent, -1 is inferred, -2
   * copies the rest, -3 merges two, -4 splits one by the next two numbers.
   */
  default Tensor reshape(long... shape) {
    return Ops.call(new ShapeOps.Reshape(list(shape), false), (Tensor) this);
  }

  /** The same elements in exactly the given shape, without codes. */
  default Tensor reshapeTo(Shape shape) {
    return shape.equals(((Tensor) this).shape())
        ? (Tensor) this
        : Ops.call(new ShapeOps.ToShape(shape), (Tensor) this);
  }

  /** The elements of lhs in the shape of rhs. */
  default Tensor reshapeLike(Tensor rhs) {
    return Ops.call(new ShapeOps.ReshapeLike(), (Tensor) this, rhs);
  }

  /** (N, d1, d2, …) to (N, d1*d2*…). */
  default Tensor flatten() {
    return Ops.call(new ShapeOps.Flatten(), (Tensor) this);
  }

  /** Inserts an axis of extent 1. */
  default Tensor expandDims(int axis) {
    return Ops.call(new ShapeOps.ExpandDims(axis), (Tensor) this);
  }

  /** Removes axes of extent 1; all of them if none is named. */
  default Tensor squeeze(int... axis) {
    return Ops.call(new ShapeOps.Squeeze(list(axis)), (Tensor) this);
  }

  /** Permutes axes: output axis i is input axis {@code axes[i]}; without axes reverses them. */
  default Tensor transpose(int... axes) {
    return Ops.call(new Transpose(list(axes)), (Tensor) this);
  }

  /** Repeats along axes of extent 1; 0 keeps an extent. New axes may be put in front. */
  default Tensor broadcastTo(long... shape) {
    return Ops.call(new BroadcastTo(list(shape)), (Tensor) this);
  }

  /** Elements {@code begin} (inclusive) to {@code end} (exclusive) of one axis. */
  default Tensor sliceAxis(int axis, long begin, long end) {
    return Ops.call(new Slicing.SliceAxis(axis, begin, Optional.of(end)), (Tensor) this);
  }

  /** Joins any number of tensors along an axis. */
  static Tensor concat(int dim, Tensor... data) {
    return Ops.call(new Concat(dim), data);
  }

  /** Sum over the given axes, or over all. */
  default Tensor sum(int... axis) {
    return Ops.call(new Reduce.Sum(list(axis), false, false), (Tensor) this);
  }

  /** Arithmetic mean over the given axes, or over all. */
  default Tensor mean(int... axis) {
    return Ops.call(new Reduce.Mean(list(axis), false, false), (Tensor) this);
  }

  /** Maximum; equal maxima all receive the gradient, as in MXNet. */
  default Tensor max(int... axis) {
    return Ops.call(new Reduce.Max(list(axis), false, false), (Tensor) this);
  }

  /** Minimum; equal minima all receive the gradient, as in MXNet. */
  default Tensor min(int... axis) {
    return Ops.call(new Reduce.Min(list(axis), false, false), (Tensor) this);
  }

  /** Sums to a smaller shape that broadcasts to the input's: the gradient of broadcasting. */
  default Tensor sumTo(Shape shape) {
    return shape.equals(((Tensor) this).shape())
        ? (Tensor) this
        : Ops.call(new SumTo(shape), (Tensor) this);
  }

  /**
   * MXNet's dot: contracts the last axis of lhs with the first of rhs (not NumPy's matmul). With
   * {@code transposeA} the first axis of lhs, with {@code transposeB} the last of rhs is
   * contracted. Two vectors give shape (1,).
   */
  default Tensor dot(Tensor rhs) {
    return Ops.call(new Dot(false, false), (Tensor) this, rhs);
  }

  /** Joins tensors of one shape along a new axis. */
  static Tensor stack(int axis, Tensor... data) {
    return Ops.call(new Likeness.Stack(axis), data);
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  default Tensor softmax(int axis) {
    return Ops.call(new SoftmaxOps.Softmax(axis, Optional.empty(), false), (Tensor) this);
  }

  /** {@code log(softmax(x))} without overflow. */
  default Tensor logSoftmax(int axis) {
    return Ops.call(new SoftmaxOps.LogSoftmax(axis, Optional.empty(), false), (Tensor) this);
  }

  /**
   * Takes one element along {@code axis} (default the last) for each index: {@code y[i] = x[i,
   * index[i]]}.
   */
  default Tensor pick(Tensor index, int axis) {
    return Ops.call(new Pick(Optional.of(axis), false, Pick.Mode.CLIP), (Tensor) this, index);
  }

  /**
   * A new last axis of {@code depth} elements: {@code onValue} at the index, {@code offValue} else.
   */
  default Tensor oneHot(long depth) {
    return Ops.call(new OneHot(depth, 1, 0, DType.FLOAT32), (Tensor) this);
  }

  /** Position of the first maximum, as float32 like MXNet. */
  default Tensor argmax(int axis) {
    return Ops.call(new ArgExtremum.Argmax(Optional.of(axis), false), (Tensor) this);
  }

  /** Position of the first minimum, as float32 like MXNet. */
  default Tensor argmin(int axis) {
    return Ops.call(new ArgExtremum.Argmin(Optional.of(axis), false), (Tensor) this);
  }

  /** The 1- or 2-norm over axes, or over all elements. */
  default Tensor norm() {
    return Ops.call(new Norm(2, List.of(), false), (Tensor) this);
  }

  private static List<Integer> list(int... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
