package io.gluonj.tensor;

import io.gluonj.op.Activations;
import io.gluonj.op.BinaryMath;
import io.gluonj.op.Casts;
import io.gluonj.op.Generators;
import io.gluonj.op.ScalarMath;
import io.gluonj.op.UnaryMath;
import io.gluonj.types.DType;

/**
 * The elementwise methods of {@link Tensor}, with MXNet's names in Java case. Two operands
 * broadcast as in NumPy. In a formula the tensor itself is data, lhs or x.
 *
 * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.
 */
public sealed interface ElementwiseOps permits TensorOps {
  /** {@code -x}. */
  default Tensor neg() {
    return Ops.call(new UnaryMath.Negative(), (Tensor) this);
  }

  /** {@code |x|}; the gradient at 0 is 0. */
  default Tensor abs() {
    return Ops.call(new UnaryMath.Abs(), (Tensor) this);
  }

  /** -1, 0 or 1. */
  default Tensor sign() {
    return Ops.call(new UnaryMath.Sign(), (Tensor) this);
  }

  /** {@code e^x}. */
  default Tensor exp() {
    return Ops.call(new UnaryMath.Exp(), (Tensor) this);
  }

  /** Natural logarithm. */
  default Tensor log() {
    return Ops.call(new UnaryMath.Log(), (Tensor) this);
  }

  /** Square root. */
  default Tensor sqrt() {
    return Ops.call(new UnaryMath.Sqrt(), (Tensor) this);
  }

  /** {@code x * x}. */
  default Tensor square() {
    return Ops.call(new UnaryMath.Square(), (Tensor) this);
  }

  /** Hyperbolic tangent. */
  default Tensor tanh() {
    return Ops.call(new UnaryMath.Tanh(), (Tensor) this);
  }

  /** Gauss error function. */
  default Tensor erf() {
    return Ops.call(new UnaryMath.Erf(), (Tensor) this);
  }

  /** {@code lhs + rhs}. */
  default Tensor add(Tensor rhs) {
    return Ops.call(new BinaryMath.Add(), (Tensor) this, rhs);
  }

  /** {@code lhs - rhs}. */
  default Tensor sub(Tensor rhs) {
    return Ops.call(new BinaryMath.Subtract(), (Tensor) this, rhs);
  }

  /** {@code lhs * rhs}. */
  default Tensor mul(Tensor rhs) {
    return Ops.call(new BinaryMath.Multiply(), (Tensor) this, rhs);
  }

  /** {@code lhs / rhs}. */
  default Tensor div(Tensor rhs) {
    return Ops.call(new BinaryMath.Divide(), (Tensor) this, rhs);
  }

  /** {@code lhs ^ rhs}. */
  default Tensor pow(Tensor rhs) {
    return Ops.call(new BinaryMath.Power(), (Tensor) this, rhs);
  }

  /** The larger operand; a tie passes the gradient to the left one. */
  default Tensor maximum(Tensor rhs) {
    return Ops.call(new BinaryMath.Maximum(), (Tensor) this, rhs);
  }

  /** The smaller operand; a tie passes the gradient to the left one. */
  default Tensor minimum(Tensor rhs) {
    return Ops.call(new BinaryMath.Minimum(), (Tensor) this, rhs);
  }

  /** 1 where {@code lhs == rhs}, else 0. */
  default Tensor equal(Tensor rhs) {
    return Ops.call(new BinaryMath.Equal(), (Tensor) this, rhs);
  }

  /** 1 where {@code lhs > rhs}, else 0. */
  default Tensor greater(Tensor rhs) {
    return Ops.call(new BinaryMath.Greater(), (Tensor) this, rhs);
  }

  /** 1 where {@code lhs < rhs}, else 0. */
  default Tensor lesser(Tensor rhs) {
    return Ops.call(new BinaryMath.Lesser(), (Tensor) this, rhs);
  }

  /** {@code x} where the condition is not 0, else {@code y}. */
  default Tensor where(Tensor condition, Tensor y) {
    return Ops.call(new BinaryMath.Where(), condition, (Tensor) this, y);
  }

  /** {@code x + scalar}. */
  default Tensor add(double scalar) {
    return Ops.call(new ScalarMath.AddScalar(scalar), (Tensor) this);
  }

  /** {@code x - scalar}. */
  default Tensor sub(double scalar) {
    return Ops.call(new ScalarMath.SubtractScalar(scalar), (Tensor) this);
  }

  /** {@code scalar - x}. */
  default Tensor rsub(double scalar) {
    return Ops.call(new ScalarMath.ReverseSubtractScalar(scalar), (Tensor) this);
  }

  /** {@code x * scalar}. */
  default Tensor mul(double scalar) {
    return Ops.call(new ScalarMath.MultiplyScalar(scalar), (Tensor) this);
  }

  /** {@code x / scalar}. */
  default Tensor div(double scalar) {
    return Ops.call(new ScalarMath.DivideScalar(scalar), (Tensor) this);
  }

  /** {@code scalar / x}. */
  default Tensor rdiv(double scalar) {
    return Ops.call(new ScalarMath.ReverseDivideScalar(scalar), (Tensor) this);
  }

  /** {@code x ^ scalar}. */
  default Tensor pow(double scalar) {
    return Ops.call(new ScalarMath.PowerScalar(scalar), (Tensor) this);
  }

  /** {@code max(x, scalar)}. */
  default Tensor maximum(double scalar) {
    return Ops.call(new ScalarMath.MaximumScalar(scalar), (Tensor) this);
  }

  /** {@code min(x, scalar)}. */
  default Tensor minimum(double scalar) {
    return Ops.call(new ScalarMath.MinimumScalar(scalar), (Tensor) this);
  }

  /** 1 where {@code x > scalar}, else 0. */
  default Tensor greater(double scalar) {
    return Ops.call(new ScalarMath.GreaterScalar(scalar), (Tensor) this);
  }

  /** Restricts values to [aMin, aMax]; outside, the gradient is 0. */
  default Tensor clip(double aMin, double aMax) {
    return Ops.call(new ScalarMath.Clip(aMin, aMax), (Tensor) this);
  }

  /** {@code max(x, 0)}; the gradient at 0 is 0. */
  default Tensor relu() {
    return Ops.call(new Activations.Relu(), (Tensor) this);
  }

  /** {@code 1 / (1 + exp(-x))}, written with tanh so that no exponential overflows. */
  default Tensor sigmoid() {
    return Ops.call(new Activations.Sigmoid(), (Tensor) this);
  }

  /** Zeros in the shape and type of the input. */
  default Tensor zerosLike() {
    return Ops.call(new Generators.ZerosLike(), (Tensor) this);
  }

  /** Ones in the shape and type of the input. */
  default Tensor onesLike() {
    return Ops.call(new Generators.OnesLike(), (Tensor) this);
  }

  /** The same values with another element type; integers truncate towards zero. */
  default Tensor cast(DType dtype) {
    return Ops.call(new Casts.Cast(dtype), (Tensor) this);
  }
}
