package io.gluonj.function;

import io.gluonj.op.Casts;
import io.gluonj.op.Logic;
import io.gluonj.op.SpecialMath;
import io.gluonj.op.Trigonometry;
import io.gluonj.op.UnaryMath;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ElementwiseFunctions extends ArithmeticFunctions
    permits ElementwiseFunctions2 {
  ElementwiseFunctions() {}

  /**
   * {@code |x|}; the gradient at 0 is 0.
   *
   * <p>MXNet {@code abs}; ONNX {@code Abs}.
   */
  public static <T extends Tensor> T abs(T data) {
    return one(new UnaryMath.Abs(), data);
  }

  /**
   * The sum of any number of tensors of one shape.
   *
   * <p>MXNet {@code add_n}; ONNX {@code Sum}.
   */
  public static <T extends Tensor> T addN(T first, Tensor... others) {
    return one(new Logic.AddN(), first, others);
  }

  /** The sum of any number of tensors of one shape. */
  public static <T extends Tensor> T addN(List<? extends T> data) {
    return one(new Logic.AddN(), data);
  }

  /**
   * Arc cosine.
   *
   * <p>MXNet {@code arccos}; ONNX {@code Acos}.
   */
  public static <T extends Tensor> T arccos(T data) {
    return one(new Trigonometry.Arccos(), data);
  }

  /**
   * Inverse of the hyperbolic cosine.
   *
   * <p>MXNet {@code arccosh}; ONNX {@code Acosh}.
   */
  public static <T extends Tensor> T arccosh(T data) {
    return one(new Trigonometry.Arccosh(), data);
  }

  /**
   * Arc sine.
   *
   * <p>MXNet {@code arcsin}; ONNX {@code Asin}.
   */
  public static <T extends Tensor> T arcsin(T data) {
    return one(new Trigonometry.Arcsin(), data);
  }

  /**
   * Inverse of the hyperbolic sine.
   *
   * <p>MXNet {@code arcsinh}; ONNX {@code Asinh}.
   */
  public static <T extends Tensor> T arcsinh(T data) {
    return one(new Trigonometry.Arcsinh(), data);
  }

  /**
   * Arc tangent.
   *
   * <p>MXNet {@code arctan}; ONNX {@code Atan}.
   */
  public static <T extends Tensor> T arctan(T data) {
    return one(new Trigonometry.Arctan(), data);
  }

  /**
   * Inverse of the hyperbolic tangent.
   *
   * <p>MXNet {@code arctanh}; ONNX {@code Atanh}.
   */
  public static <T extends Tensor> T arctanh(T data) {
    return one(new Trigonometry.Arctanh(), data);
  }

  /**
   * The input itself, through which no gradient flows (MXNet's stop_gradient).
   *
   * <p>MXNet {@code BlockGrad}.
   */
  public static <T extends Tensor> T blockGrad(T data) {
    return one(new UnaryMath.BlockGrad(), data);
  }

  /**
   * The same values with another element type; integers truncate towards zero.
   *
   * <p>MXNet {@code Cast}; ONNX {@code Cast}.
   */
  public static <T extends Tensor> T cast(T data, DType dtype) {
    return one(new Casts.Cast(dtype), data);
  }

  /**
   * Cube root, real for negative numbers too.
   *
   * <p>MXNet {@code cbrt}.
   */
  public static <T extends Tensor> T cbrt(T data) {
    return one(new SpecialMath.Cbrt(), data);
  }

  /**
   * Smallest integer not below x.
   *
   * <p>MXNet {@code ceil}; ONNX {@code Ceil}.
   */
  public static <T extends Tensor> T ceil(T data) {
    return one(new UnaryMath.Ceil(), data);
  }

  /**
   * Cosine, radians.
   *
   * <p>MXNet {@code cos}; ONNX {@code Cos}.
   */
  public static <T extends Tensor> T cos(T data) {
    return one(new UnaryMath.Cos(), data);
  }

  /**
   * Hyperbolic cosine.
   *
   * <p>MXNet {@code cosh}; ONNX {@code Cosh}.
   */
  public static <T extends Tensor> T cosh(T data) {
    return one(new Trigonometry.Cosh(), data);
  }

  /**
   * Radians to degrees.
   *
   * <p>MXNet {@code degrees}.
   */
  public static <T extends Tensor> T degrees(T data) {
    return one(new Trigonometry.Degrees(), data);
  }

  /**
   * Derivative of the logarithm of the gamma function.
   *
   * <p>MXNet {@code digamma}.
   */
  public static <T extends Tensor> T digamma(T data) {
    return one(new SpecialMath.Digamma(), data);
  }

  /**
   * Gauss error function.
   *
   * <p>MXNet {@code erf}; ONNX {@code Erf}.
   */
  public static <T extends Tensor> T erf(T data) {
    return one(new UnaryMath.Erf(), data);
  }

  /**
   * Inverse of the error function.
   *
   * <p>MXNet {@code erfinv}.
   */
  public static <T extends Tensor> T erfinv(T data) {
    return one(new SpecialMath.Erfinv(), data);
  }

  /**
   * {@code e^x}.
   *
   * <p>MXNet {@code exp}; ONNX {@code Exp}.
   */
  public static <T extends Tensor> T exp(T data) {
    return one(new UnaryMath.Exp(), data);
  }

  /**
   * {@code e^x - 1}, accurate near 0.
   *
   * <p>MXNet {@code expm1}.
   */
  public static <T extends Tensor> T expm1(T data) {
    return one(new UnaryMath.Expm1(), data);
  }

  /**
   * Largest integer not above x.
   *
   * <p>MXNet {@code floor}; ONNX {@code Floor}.
   */
  public static <T extends Tensor> T floor(T data) {
    return one(new UnaryMath.Floor(), data);
  }

  /**
   * The gamma function; NaN at its poles 0, -1, -2, …
   *
   * <p>MXNet {@code gamma}.
   */
  public static <T extends Tensor> T gamma(T data) {
    return one(new SpecialMath.Gamma(), data);
  }

  /**
   * Logarithm of the absolute value of the gamma function.
   *
   * <p>MXNet {@code gammaln}.
   */
  public static <T extends Tensor> T gammaln(T data) {
    return one(new SpecialMath.Gammaln(), data);
  }

  /**
   * Length of the hypotenuse, {@code sqrt(a² + b²)}.
   *
   * <p>MXNet {@code broadcast_hypot}.
   */
  public static <T extends Tensor> T hypot(T lhs, T rhs) {
    return one(new Logic.Hypot(), lhs, rhs);
  }

  /**
   * {@code sqrt(x² + scalar²)}.
   *
   * <p>MXNet {@code _hypot_scalar}.
   */
  public static <T extends Tensor> T hypot(T data, double scalar) {
    return one(new Logic.HypotScalar(scalar), data);
  }

  /**
   * The input itself.
   *
   * <p>MXNet {@code _copy}; ONNX {@code Identity}.
   */
  public static <T extends Tensor> T identity(T data) {
    return one(new UnaryMath.Copy(), data);
  }

  /**
   * Natural logarithm.
   *
   * <p>MXNet {@code log}; ONNX {@code Log}.
   */
  public static <T extends Tensor> T log(T data) {
    return one(new UnaryMath.Log(), data);
  }

  /**
   * Logarithm to base 10.
   *
   * <p>MXNet {@code log10}.
   */
  public static <T extends Tensor> T log10(T data) {
    return one(new UnaryMath.Log10(), data);
  }

  /**
   * {@code log(1 + x)}, accurate near 0.
   *
   * <p>MXNet {@code log1p}.
   */
  public static <T extends Tensor> T log1p(T data) {
    return one(new UnaryMath.Log1p(), data);
  }

  /**
   * Logarithm to base 2.
   *
   * <p>MXNet {@code log2}.
   */
  public static <T extends Tensor> T log2(T data) {
    return one(new UnaryMath.Log2(), data);
  }

  /**
   * 1 where both operands are not 0, else 0.
   *
   * <p>MXNet {@code broadcast_logical_and}; ONNX {@code And}.
   */
  public static <T extends Tensor> T logicalAnd(T lhs, T rhs) {
    return one(new Logic.LogicalAnd(), lhs, rhs);
  }

  /**
   * 1 where both operands are not 0, one of them being a constant, else 0.
   *
   * <p>MXNet {@code _logical_and_scalar}.
   */
  public static <T extends Tensor> T logicalAnd(T data, double scalar) {
    return one(new Logic.LogicalAndScalar(scalar), data);
  }

  /**
   * 1 where {@code x == 0}, else 0.
   *
   * <p>MXNet {@code logical_not}; ONNX {@code Not}.
   */
  public static <T extends Tensor> T logicalNot(T data) {
    return one(new SpecialMath.LogicalNot(), data);
  }

  /**
   * 1 where at least one operand is not 0, else 0.
   *
   * <p>MXNet {@code broadcast_logical_or}; ONNX {@code Or}.
   */
  public static <T extends Tensor> T logicalOr(T lhs, T rhs) {
    return one(new Logic.LogicalOr(), lhs, rhs);
  }

  /**
   * 1 where at least one operand is not 0, one of them being a constant, else 0.
   *
   * <p>MXNet {@code _logical_or_scalar}.
   */
  public static <T extends Tensor> T logicalOr(T data, double scalar) {
    return one(new Logic.LogicalOrScalar(scalar), data);
  }

  /**
   * 1 where exactly one operand is not 0, else 0.
   *
   * <p>MXNet {@code broadcast_logical_xor}; ONNX {@code Xor}.
   */
  public static <T extends Tensor> T logicalXor(T lhs, T rhs) {
    return one(new Logic.LogicalXor(), lhs, rhs);
  }

  /**
   * 1 where exactly one operand is not 0, one of them being a constant, else 0.
   *
   * <p>MXNet {@code _logical_xor_scalar}.
   */
  public static <T extends Tensor> T logicalXor(T data, double scalar) {
    return one(new Logic.LogicalXorScalar(scalar), data);
  }
}
