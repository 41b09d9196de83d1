package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.registry.Registry;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Applies a function to each element (MXNet operator Activation).
 *
 * <p>Shapes: any to the same. The constants are meant for static import: {@code new
 * Dense(128).activation(RELU)}.
 */
@Block
public class Activation extends HybridBlock {
  /** {@code max(x, 0)}. */
  public static final io.gluonj.op.Activation.Type RELU = io.gluonj.op.Activation.Type.RELU;

  /** {@code 1 / (1 + exp(-x))}. */
  public static final io.gluonj.op.Activation.Type SIGMOID = io.gluonj.op.Activation.Type.SIGMOID;

  public static final io.gluonj.op.Activation.Type TANH = io.gluonj.op.Activation.Type.TANH;

  /** {@code log(1 + exp(x))}. */
  public static final io.gluonj.op.Activation.Type SOFTRELU = io.gluonj.op.Activation.Type.SOFTRELU;

  /** {@code x / (1 + |x|)}. */
  public static final io.gluonj.op.Activation.Type SOFTSIGN = io.gluonj.op.Activation.Type.SOFTSIGN;

  private final io.gluonj.op.Activation.Type type;

  public Activation(io.gluonj.op.Activation.Type type) {
    this.type = type;
  }

  /** By MXNet's name: relu, sigmoid, tanh, softrelu or softsign. */
  public Activation(String name) {
    this(typeOf(name));
  }

  /** The function of MXNet's name. */
  static io.gluonj.op.Activation.Type typeOf(String name) {
    for (var type : io.gluonj.op.Activation.Type.values()) {
      if (nameOf(type).equals(name)) {
        return type;
      }
    }
    throw Registry.unknown(
        "activation",
        name,
        Arrays.stream(io.gluonj.op.Activation.Type.values()).map(Activation::nameOf).toList());
  }

  /** The child of a layer with an activation, named as in Gluon: {@code dense0_relu_}. */
  static Activation childOf(io.gluonj.op.Activation.Type type) {
    Activation child = new Activation(type);
    child.prefix(nameOf(type) + "_");
    return child;
  }

  /** MXNet's name of a function. */
  static String nameOf(io.gluonj.op.Activation.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** The name of the function: {@code relu0_}. */
  @Override
  protected String hint() {
    return nameOf(type);
  }

  @Forward
  Tensor forward(Tensor x) {
    return Ops.named("fwd", new io.gluonj.op.Activation(type), List.of(x));
  }

  @Override
  protected String arguments() {
    return nameOf(type);
  }
}
