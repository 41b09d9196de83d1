package io.gluonj.function;

import io.gluonj.op.BinaryMath;
import io.gluonj.op.ScalarMath;
import io.gluonj.tensor.Tensor;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ArithmeticFunctions extends CreationFunctions permits ElementwiseFunctions {
  ArithmeticFunctions() {}

  /**
   * {@code lhs + rhs}.
   *
   * <p>MXNet {@code broadcast_add}; ONNX {@code Add}.
   */
  public static <T extends Tensor> T add(T lhs, T rhs) {
    return one(new BinaryMath.Add(), lhs, rhs);
  }

  /**
   * {@code x + scalar}.
   *
   * <p>MXNet {@code _plus_scalar}.
   */
  public static <T extends Tensor> T add(T data, double scalar) {
    return one(new ScalarMath.AddScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs >= rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_greater_equal}; ONNX {@code GreaterOrEqual}.
   */
  public static <T extends Tensor> T broadcastGreaterEqual(T lhs, T rhs) {
    return one(new BinaryMath.GreaterEqual(), lhs, rhs);
  }

  /**
   * 1 where {@code lhs <= rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_lesser_equal}; ONNX {@code LessOrEqual}.
   */
  public static <T extends Tensor> T broadcastLesserEqual(T lhs, T rhs) {
    return one(new BinaryMath.LesserEqual(), lhs, rhs);
  }

  /**
   * Remainder with the sign of the divisor.
   *
   * <p>MXNet {@code broadcast_mod}.
   */
  public static <T extends Tensor> T broadcastMod(T lhs, T rhs) {
    return one(new BinaryMath.Modulo(), lhs, rhs);
  }

  /**
   * 1 where {@code lhs != rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_not_equal}.
   */
  public static <T extends Tensor> T broadcastNotEqual(T lhs, T rhs) {
    return one(new BinaryMath.NotEqual(), lhs, rhs);
  }

  /**
   * Restricts values to [aMin, aMax]; outside, the gradient is 0.
   *
   * <p>MXNet {@code clip}; ONNX {@code Clip}.
   */
  public static <T extends Tensor> T clip(T data, double aMin, double aMax) {
    return one(new ScalarMath.Clip(aMin, aMax), data);
  }

  /**
   * {@code lhs / rhs}.
   *
   * <p>MXNet {@code broadcast_div}; ONNX {@code Div}.
   */
  public static <T extends Tensor> T div(T lhs, T rhs) {
    return one(new BinaryMath.Divide(), lhs, rhs);
  }

  /**
   * {@code x / scalar}.
   *
   * <p>MXNet {@code _div_scalar}.
   */
  public static <T extends Tensor> T div(T data, double scalar) {
    return one(new ScalarMath.DivideScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs == rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_equal}; ONNX {@code Equal}.
   */
  public static <T extends Tensor> T equal(T lhs, T rhs) {
    return one(new BinaryMath.Equal(), lhs, rhs);
  }

  /**
   * 1 where {@code x == scalar}, else 0.
   *
   * <p>MXNet {@code _equal_scalar}.
   */
  public static <T extends Tensor> T equalScalar(T data, double scalar) {
    return one(new ScalarMath.EqualScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs > rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_greater}; ONNX {@code Greater}.
   */
  public static <T extends Tensor> T greater(T lhs, T rhs) {
    return one(new BinaryMath.Greater(), lhs, rhs);
  }

  /**
   * 1 where {@code x > scalar}, else 0.
   *
   * <p>MXNet {@code _greater_scalar}.
   */
  public static <T extends Tensor> T greater(T data, double scalar) {
    return one(new ScalarMath.GreaterScalar(scalar), data);
  }

  /**
   * 1 where {@code x >= scalar}, else 0.
   *
   * <p>MXNet {@code _greater_equal_scalar}.
   */
  public static <T extends Tensor> T greaterEqualScalar(T data, double scalar) {
    return one(new ScalarMath.GreaterEqualScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs < rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_lesser}; ONNX {@code Less}.
   */
  public static <T extends Tensor> T lesser(T lhs, T rhs) {
    return one(new BinaryMath.Lesser(), lhs, rhs);
  }

  /**
   * 1 where {@code x <= scalar}, else 0.
   *
   * <p>MXNet {@code _lesser_equal_scalar}.
   */
  public static <T extends Tensor> T lesserEqualScalar(T data, double scalar) {
    return one(new ScalarMath.LesserEqualScalar(scalar), data);
  }

  /**
   * 1 where {@code x < scalar}, else 0.
   *
   * <p>MXNet {@code _lesser_scalar}.
   */
  public static <T extends Tensor> T lesserScalar(T data, double scalar) {
    return one(new ScalarMath.LesserScalar(scalar), data);
  }

  /**
   * The larger operand; a tie passes the gradient to the left one.
   *
   * <p>MXNet {@code broadcast_maximum}; ONNX {@code Max}.
   */
  public static <T extends Tensor> T maximum(T lhs, T rhs) {
    return one(new BinaryMath.Maximum(), lhs, rhs);
  }

  /**
   * {@code max(x, scalar)}.
   *
   * <p>MXNet {@code _maximum_scalar}.
   */
  public static <T extends Tensor> T maximum(T data, double scalar) {
    return one(new ScalarMath.MaximumScalar(scalar), data);
  }

  /**
   * The smaller operand; a tie passes the gradient to the left one.
   *
   * <p>MXNet {@code broadcast_minimum}; ONNX {@code Min}.
   */
  public static <T extends Tensor> T minimum(T lhs, T rhs) {
    return one(new BinaryMath.Minimum(), lhs, rhs);
  }

  /**
   * {@code min(x, scalar)}.
   *
   * <p>MXNet {@code _minimum_scalar}.
   */
  public static <T extends Tensor> T minimum(T data, double scalar) {
    return one(new ScalarMath.MinimumScalar(scalar), data);
  }

  /**
   * Remainder of {@code x / scalar} with the scalar's sign.
   *
   * <p>MXNet {@code _mod_scalar}.
   */
  public static <T extends Tensor> T modScalar(T data, double scalar) {
    return one(new ScalarMath.ModuloScalar(scalar), data);
  }

  /**
   * {@code lhs * rhs}.
   *
   * <p>MXNet {@code broadcast_mul}; ONNX {@code Mul}.
   */
  public static <T extends Tensor> T mul(T lhs, T rhs) {
    return one(new BinaryMath.Multiply(), lhs, rhs);
  }

  /**
   * {@code x * scalar}.
   *
   * <p>MXNet {@code _mul_scalar}.
   */
  public static <T extends Tensor> T mul(T data, double scalar) {
    return one(new ScalarMath.MultiplyScalar(scalar), data);
  }

  /**
   * 1 where {@code x != scalar}, else 0.
   *
   * <p>MXNet {@code _not_equal_scalar}.
   */
  public static <T extends Tensor> T notEqualScalar(T data, double scalar) {
    return one(new ScalarMath.NotEqualScalar(scalar), data);
  }

  /**
   * {@code lhs ^ rhs}.
   *
   * <p>MXNet {@code broadcast_power}; ONNX {@code Pow}.
   */
  public static <T extends Tensor> T pow(T lhs, T rhs) {
    return one(new BinaryMath.Power(), lhs, rhs);
  }

  /**
   * {@code x ^ scalar}.
   *
   * <p>MXNet {@code _power_scalar}.
   */
  public static <T extends Tensor> T pow(T data, double scalar) {
    return one(new ScalarMath.PowerScalar(scalar), data);
  }

  /**
   * {@code scalar / x}.
   *
   * <p>MXNet {@code _rdiv_scalar}.
   */
  public static <T extends Tensor> T rdiv(T data, double scalar) {
    return one(new ScalarMath.ReverseDivideScalar(scalar), data);
  }

  /**
   * {@code scalar ^ x}.
   *
   * <p>MXNet {@code _rpower_scalar}.
   */
  public static <T extends Tensor> T rpowerScalar(T data, double scalar) {
    return one(new ScalarMath.ReversePowerScalar(scalar), data);
  }

  /**
   * {@code scalar - x}.
   *
   * <p>MXNet {@code _rminus_scalar}.
   */
  public static <T extends Tensor> T rsub(T data, double scalar) {
    return one(new ScalarMath.ReverseSubtractScalar(scalar), data);
  }

  /**
   * {@code lhs - rhs}.
   *
   * <p>MXNet {@code broadcast_sub}; ONNX {@code Sub}.
   */
  public static <T extends Tensor> T sub(T lhs, T rhs) {
    return one(new BinaryMath.Subtract(), lhs, rhs);
  }

  /**
   * {@code x - scalar}.
   *
   * <p>MXNet {@code _minus_scalar}.
   */
  public static <T extends Tensor> T sub(T data, double scalar) {
    return one(new ScalarMath.SubtractScalar(scalar), data);
  }

  /**
   * {@code x} where the condition is not 0, else {@code y}.
   *
   * <p>MXNet {@code where}; ONNX {@code Where}.
   */
  public static <T extends Tensor> T where(T condition, T x, T y) {
    return one(new BinaryMath.Where(), condition, x, y);
  }
}
