package io.gluonj.function;

import io.gluonj.op.Logic;
import io.gluonj.op.SpecialMath;
import io.gluonj.op.Trigonometry;
import io.gluonj.op.UnaryMath;
import io.gluonj.tensor.Tensor;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ElementwiseFunctions2 extends ElementwiseFunctions
    permits ActivationFunctions {
  ElementwiseFunctions2() {}

  /**
   * {@code -x}.
   *
   * <p>MXNet {@code negative}; ONNX {@code Neg}.
   */
  public static <T extends Tensor> T neg(T data) {
    return one(new UnaryMath.Negative(), data);
  }

  /**
   * Degrees to radians.
   *
   * <p>MXNet {@code radians}.
   */
  public static <T extends Tensor> T radians(T data) {
    return one(new Trigonometry.Radians(), data);
  }

  /**
   * {@code 1 / cbrt(x)}.
   *
   * <p>MXNet {@code rcbrt}.
   */
  public static <T extends Tensor> T rcbrt(T data) {
    return one(new SpecialMath.Rcbrt(), data);
  }

  /**
   * {@code 1 / x}.
   *
   * <p>MXNet {@code reciprocal}; ONNX {@code Reciprocal}.
   */
  public static <T extends Tensor> T reciprocal(T data) {
    return one(new UnaryMath.Reciprocal(), data);
  }

  /**
   * Nearest integer, ties downwards: MXNet's rint, unlike C's.
   *
   * <p>MXNet {@code rint}; ONNX {@code Round}.
   */
  public static <T extends Tensor> T rint(T data) {
    return one(new UnaryMath.Rint(), data);
  }

  /**
   * Remainder of {@code scalar / x} with the sign of x.
   *
   * <p>MXNet {@code _rmod_scalar}.
   */
  public static <T extends Tensor> T rmod(T data, double scalar) {
    return one(new Logic.ReverseModuloScalar(scalar), data);
  }

  /**
   * Nearest integer, ties away from 0.
   *
   * <p>MXNet {@code round}.
   */
  public static <T extends Tensor> T round(T data) {
    return one(new SpecialMath.Round(), data);
  }

  /**
   * {@code 1 / sqrt(x)}.
   *
   * <p>MXNet {@code rsqrt}.
   */
  public static <T extends Tensor> T rsqrt(T data) {
    return one(new UnaryMath.Rsqrt(), data);
  }

  /**
   * -1, 0 or 1.
   *
   * <p>MXNet {@code sign}; ONNX {@code Sign}.
   */
  public static <T extends Tensor> T sign(T data) {
    return one(new UnaryMath.Sign(), data);
  }

  /**
   * Sine, radians.
   *
   * <p>MXNet {@code sin}; ONNX {@code Sin}.
   */
  public static <T extends Tensor> T sin(T data) {
    return one(new UnaryMath.Sin(), data);
  }

  /**
   * Hyperbolic sine, accurate near 0.
   *
   * <p>MXNet {@code sinh}; ONNX {@code Sinh}.
   */
  public static <T extends Tensor> T sinh(T data) {
    return one(new Trigonometry.Sinh(), data);
  }

  /**
   * Square root.
   *
   * <p>MXNet {@code sqrt}; ONNX {@code Sqrt}.
   */
  public static <T extends Tensor> T sqrt(T data) {
    return one(new UnaryMath.Sqrt(), data);
  }

  /**
   * {@code x * x}.
   *
   * <p>MXNet {@code square}.
   */
  public static <T extends Tensor> T square(T data) {
    return one(new UnaryMath.Square(), data);
  }

  /**
   * Tangent, radians.
   *
   * <p>MXNet {@code tan}; ONNX {@code Tan}.
   */
  public static <T extends Tensor> T tan(T data) {
    return one(new Trigonometry.Tan(), data);
  }

  /**
   * Hyperbolic tangent.
   *
   * <p>MXNet {@code tanh}; ONNX {@code Tanh}.
   */
  public static <T extends Tensor> T tanh(T data) {
    return one(new UnaryMath.Tanh(), data);
  }

  /**
   * Towards zero.
   *
   * <p>MXNet {@code trunc}.
   */
  public static <T extends Tensor> T trunc(T data) {
    return one(new UnaryMath.Trunc(), data);
  }
}
