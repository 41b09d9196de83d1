package io.gluonj.tensor;

import io.gluonj.op.Activations;
import io.gluonj.op.ArgExtremum;
import io.gluonj.op.BinaryMath;
import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Casts;
import io.gluonj.op.Concat;
import io.gluonj.op.Dot;
import io.gluonj.op.Generators;
import io.gluonj.op.Norm;
import io.gluonj.op.OneHot;
import io.gluonj.op.Op;
import io.gluonj.op.Pick;
import io.gluonj.op.Reduce;
import io.gluonj.op.ScalarMath;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.Slicing;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.op.Transpose;
import io.gluonj.op.UnaryMath;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fluent methods of {@link Tensor}, with MXNet's names in Java case. Two operands broadcast as
 * in NumPy. Axes may be negative. Nothing is changed in place: every method returns a new tensor.
 */
public sealed interface TensorOps permits Tensor, NDArrayOps, SymbolOps {

  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor apply(Op op) {
    return Ops.call(op, self());
  }

  private Tensor apply(Op op, Tensor other) {
    return Ops.call(op, self(), other);
  }

  /** {@code this + other}. */
  default Tensor add(Tensor other) {
    return apply(new BinaryMath.Add(), other);
  }

  /** {@code this + value}. */
  default Tensor add(double value) {
    return apply(new ScalarMath.AddScalar(value));
  }

  /** {@code this - other}. */
  default Tensor sub(Tensor other) {
    return apply(new BinaryMath.Subtract(), other);
  }

  /** {@code this - value}. */
  default Tensor sub(double value) {
    return apply(new ScalarMath.SubtractScalar(value));
  }

  /** {@code value - this}. */
  default Tensor rsub(double value) {
    return apply(new ScalarMath.ReverseSubtractScalar(value));
  }

  /** {@code this * other}, element by element. */
  default Tensor mul(Tensor other) {
    return apply(new BinaryMath.Multiply(), other);
  }

  /** {@code this * value}. */
  default Tensor mul(double value) {
    return apply(new ScalarMath.MultiplyScalar(value));
  }

  /** {@code this / other}. */
  default Tensor div(Tensor other) {
    return apply(new BinaryMath.Divide(), other);
  }

  /** {@code this / value}. */
  default Tensor div(double value) {
    return apply(new ScalarMath.DivideScalar(value));
  }

  /** {@code value / this}. */
  default Tensor rdiv(double value) {
    return apply(new ScalarMath.ReverseDivideScalar(value));
  }

  /** {@code this ^ other}. */
  default Tensor pow(Tensor other) {
    return apply(new BinaryMath.Power(), other);
  }

  /** {@code this ^ value}. */
  default Tensor pow(double value) {
    return apply(new ScalarMath.PowerScalar(value));
  }

  /** The larger of both, element by element; ties pass the gradient to this. */
  default Tensor maximum(Tensor other) {
    return apply(new BinaryMath.Maximum(), other);
  }

  /** {@code max(this, value)}. */
  default Tensor maximum(double value) {
    return apply(new ScalarMath.MaximumScalar(value));
  }

  /** The smaller of both, element by element; ties pass the gradient to this. */
  default Tensor minimum(Tensor other) {
    return apply(new BinaryMath.Minimum(), other);
  }

  /** {@code min(this, value)}. */
  default Tensor minimum(double value) {
    return apply(new ScalarMath.MinimumScalar(value));
  }

  /** 1 where both are equal, else 0. */
  default Tensor equal(Tensor other) {
    return apply(new BinaryMath.Equal(), other);
  }

  /** 1 where this is greater, else 0. */
  default Tensor greater(Tensor other) {
    return apply(new BinaryMath.Greater(), other);
  }

  /** 1 where this exceeds {@code value}, else 0. */
  default Tensor greater(double value) {
    return apply(new ScalarMath.GreaterScalar(value));
  }

  /** 1 where this is less, else 0. */
  default Tensor lesser(Tensor other) {
    return apply(new BinaryMath.Lesser(), other);
  }

  default Tensor neg() {
    return apply(new UnaryMath.Negative());
  }

  default Tensor abs() {
    return apply(new UnaryMath.Abs());
  }

  default Tensor sign() {
    return apply(new UnaryMath.Sign());
  }

  default Tensor exp() {
    return apply(new UnaryMath.Exp());
  }

  /** Natural logarithm. */
  default Tensor log() {
    return apply(new UnaryMath.Log());
  }

  default Tensor sqrt() {
    return apply(new UnaryMath.Sqrt());
  }

  default Tensor square() {
    return apply(new UnaryMath.Square());
  }

  default Tensor tanh() {
    return apply(new UnaryMath.Tanh());
  }

  /** Gauss error function. */
  default Tensor erf() {
    return apply(new UnaryMath.Erf());
  }

  /** {@code max(this, 0)}. */
  default Tensor relu() {
    return apply(new Activations.Relu());
  }

  /** {@code 1 / (1 + exp(-this))}. */
  default Tensor sigmoid() {
    return apply(new Activations.Sigmoid());
  }

  /** Restricts values to [low, high]. */
  default Tensor clip(double low, double high) {
    return apply(new ScalarMath.Clip(low, high));
  }

  /** The same values with another element type. */
  default Tensor cast(DType type) {
    return apply(new Casts.Cast(type));
  }

  default Tensor zerosLike() {
    return apply(new Generators.ZerosLike());
  }

  default Tensor onesLike() {
    return apply(new Generators.OnesLike());
  }

  /**
   * The same elements in another shape. MXNet's codes: 0 copies an extent, -1 is inferred, -2
   * copies the rest, -3 merges two, -4 splits one by the next two numbers.
   */
  default Tensor reshape(long... shape) {
    return apply(new ShapeOps.Reshape(Arrays.stream(shape).boxed().toList(), false));
  }

  /** The same elements in exactly the given shape, without codes. */
  default Tensor reshapeTo(Shape shape) {
    return shape.equals(self().shape()) ? self() : apply(new ShapeOps.ToShape(shape));
  }

  /** The same elements in the shape of another tensor. */
  default Tensor reshapeLike(Tensor other) {
    return apply(new ShapeOps.ReshapeLike(), other);
  }

  /** (N, d1, d2, …) to (N, d1*d2*…). */
  default Tensor flatten() {
    return apply(new ShapeOps.Flatten());
  }

  /** Inserts an axis of extent 1. */
  default Tensor expandDims(int axis) {
    return apply(new ShapeOps.ExpandDims(axis));
  }

  /** Removes the given axes of extent 1, or all of them if none is given. */
  default Tensor squeeze(int... axes) {
    return apply(new ShapeOps.Squeeze(boxed(axes)));
  }

  /** Permutes the axes; without arguments reverses them. */
  default Tensor transpose(int... axes) {
    return apply(new Transpose(boxed(axes)));
  }

  /** Repeats along axes of extent 1; 0 keeps an extent. */
  default Tensor broadcastTo(long... shape) {
    return apply(new BroadcastTo(Arrays.stream(shape).boxed().toList()));
  }

  /** Elements {@code begin} (inclusive) to {@code end} (exclusive) of one axis. */
  default Tensor sliceAxis(int axis, long begin, long end) {
    return apply(Slicing.axis(axis, begin, end));
  }

  /** Sum over the given axes, or over all. */
  default Tensor sum(int... axes) {
    return apply(Reduce.sum(false, axes));
  }

  /** Mean over the given axes, or over all. */
  default Tensor mean(int... axes) {
    return apply(Reduce.mean(false, axes));
  }

  /** Maximum over the given axes, or over all. */
  default Tensor max(int... axes) {
    return apply(Reduce.max(false, axes));
  }

  /** Minimum over the given axes, or over all. */
  default Tensor min(int... axes) {
    return apply(Reduce.min(false, axes));
  }

  /** Position of the first maximum along an axis, as float32 like MXNet. */
  default Tensor argmax(int axis) {
    return apply(new ArgExtremum.Argmax(java.util.Optional.of(axis), false));
  }

  /** Position of the first minimum along an axis, as float32 like MXNet. */
  default Tensor argmin(int axis) {
    return apply(new ArgExtremum.Argmin(java.util.Optional.of(axis), false));
  }

  /** Euclidean norm of all elements. */
  default Tensor norm() {
    return apply(Norm.l2());
  }

  /** MXNet's dot: contracts the last axis of this with the first of {@code other}. */
  default Tensor dot(Tensor other) {
    return apply(new Dot(false, false), other);
  }

  /** exp(x) / sum exp(x) along an axis. */
  default Tensor softmax(int axis) {
    return apply(new SoftmaxOps.Softmax(axis, java.util.Optional.empty()));
  }

  /** Logarithm of {@link #softmax}, computed without overflow. */
  default Tensor logSoftmax(int axis) {
    return apply(new SoftmaxOps.LogSoftmax(axis, java.util.Optional.empty()));
  }

  /** One element along {@code axis} for each index; indices are clipped to the extent. */
  default Tensor pick(Tensor index, int axis) {
    return apply(new Pick(java.util.Optional.of(axis), false, Pick.Mode.CLIP), index);
  }

  /** A new last axis with 1 at each index and 0 elsewhere. */
  default Tensor oneHot(long depth) {
    return apply(new OneHot(depth, 1, 0, DType.FLOAT32));
  }

  /** This where {@code condition} is not 0, else {@code other}. */
  default Tensor where(Tensor condition, Tensor other) {
    return Ops.call(new BinaryMath.Where(), condition, self(), other);
  }

  /** Joins tensors along an axis. */
  static Tensor concat(int axis, Tensor... parts) {
    return Ops.call(new Concat(axis), parts);
  }

  /** Joins tensors of equal shape along a new axis. */
  static Tensor stack(int axis, Tensor... parts) {
    var expanded = new ArrayList<Tensor>();
    for (Tensor part : parts) {
      expanded.add(part.expandDims(axis));
    }
    return concat(axis, expanded.toArray(Tensor[]::new));
  }

  private static List<Integer> boxed(int... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Sums to a smaller shape that broadcasts to this one: the gradient of broadcasting. */
  default Tensor sumTo(Shape shape) {
    return shape.equals(self().shape()) ? self() : apply(new io.gluonj.op.SumTo(shape));
  }
}
