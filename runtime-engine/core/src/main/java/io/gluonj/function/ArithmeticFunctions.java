package io.gluonj.function;

import io.gluonj.op.BinaryMath;
import io.gluonj.op.ScalarMath;
import io.gluonj.tensor.Tensor;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ArithmeticFunctions extends CreationFunctions
    permits ElementwiseFunctions {
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
   * <p>MXNet {@code _plus_scalar}; ONNX {@code Add}.
   */
  public static <T extends Tensor> T add(T data, double scalar) {
    return one(new ScalarMath.AddScalar(scalar), data);
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
   * <p>MXNet {@code _div_scalar}; ONNX {@code Div}.
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
   * <p>MXNet {@code _equal_scalar}; ONNX {@code Equal}.
   */
  public static <T extends Tensor> T equal(T data, double scalar) {
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
   * <p>MXNet {@code _greater_scalar}; ONNX {@code Greater}.
   */
  public static <T extends Tensor> T greater(T data, double scalar) {
    return one(new ScalarMath.GreaterScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs >= rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_greater_equal}; ONNX {@code GreaterOrEqual}.
   */
  public static <T extends Tensor> T greaterEqual(T lhs, T rhs) {
    return one(new BinaryMath.GreaterEqual(), lhs, rhs);
  }

  /**
   * 1 where {@code x >= scalar}, else 0.
   *
   * <p>MXNet {@code _greater_equal_scalar}; ONNX {@code GreaterOrEqual}.
   */
  public static <T extends Tensor> T greaterEqual(T data, double scalar) {
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
   * 1 where {@code x < scalar}, else 0.
   *
   * <p>MXNet {@code _lesser_scalar}; ONNX {@code Less}.
   */
  public static <T extends Tensor> T lesser(T data, double scalar) {
    return one(new ScalarMath.LesserScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs <= rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_lesser_equal}; ONNX {@code LessOrEqual}.
   */
  public static <T extends Tensor> T lesserEqual(T lhs, T rhs) {
    return one(new BinaryMath.LesserEqual(), lhs, rhs);
  }

  /**
   * 1 where {@code x <= scalar}, else 0.
   *
   * <p>MXNet {@code _lesser_equal_scalar}; ONNX {@code LessOrEqual}.
   */
  public static <T extends Tensor> T lesserEqual(T data, double scalar) {
    return one(new ScalarMath.LesserEqualScalar(scalar), data);
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
   * <p>MXNet {@code _maximum_scalar}; ONNX {@code Max}.
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
   * <p>MXNet {@code _minimum_scalar}; ONNX {@code Min}.
   */
  public static <T extends Tensor> T minimum(T data, double scalar) {
    return one(new ScalarMath.MinimumScalar(scalar), data);
  }

  /**
   * Remainder with the sign of the divisor.
   *
   * <p>MXNet {@code broadcast_mod}.
   */
  public static <T extends Tensor> T mod(T lhs, T rhs) {
    return one(new BinaryMath.Modulo(), lhs, rhs);
  }

  /**
   * Remainder of {@code x / scalar} with the scalar's sign.
   *
   * <p>MXNet {@code _mod_scalar}.
   */
  public static <T extends Tensor> T mod(T data, double scalar) {
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
   * <p>MXNet {@code _mul_scalar}; ONNX {@code Mul}.
   */
  public static <T extends Tensor> T mul(T data, double scalar) {
    return one(new ScalarMath.MultiplyScalar(scalar), data);
  }

  /**
   * 1 where {@code lhs != rhs}, else 0.
   *
   * <p>MXNet {@code broadcast_not_equal}.
   */
  public static <T extends Tensor> T notEqual(T lhs, T rhs) {
    return one(new BinaryMath.NotEqual(), lhs, rhs);
  }

  /**
   * 1 where {@code x != scalar}, else 0.
   *
   * <p>MXNet {@code _not_equal_scalar}.
   */
  public static <T extends Tensor> T notEqual(T data, double scalar) {
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
   * <p>MXNet {@code _power_scalar}; ONNX {@code Pow}.
   */
  public static <T extends Tensor> T pow(T data, double scalar) {
    return one(new ScalarMath.PowerScalar(scalar), data);
  }

  /**
   * {@code scalar / x}.
   *
   * <p>MXNet {@code _rdiv_scalar}; ONNX {@code Div}.
   */
  public static <T extends Tensor> T rdiv(T data, double scalar) {
    return one(new ScalarMath.ReverseDivideScalar(scalar), data);
  }

  /**
   * {@code scalar ^ x}.
   *
   * <p>MXNet {@code _rpower_scalar}; ONNX {@code Pow}.
   */
  public static <T extends Tensor> T rpow(T data, double scalar) {
    return one(new ScalarMath.ReversePowerScalar(scalar), data);
  }

  /**
   * {@code scalar - x}.
   *
   * <p>MXNet {@code _rminus_scalar}; ONNX {@code Sub}.
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
   * <p>MXNet {@code _minus_scalar}; ONNX {@code Sub}.
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
