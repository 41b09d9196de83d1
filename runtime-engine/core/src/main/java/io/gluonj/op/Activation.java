package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/** MXNet's Activation: one of seven functions, chosen by an attribute. */
public record Activation(Type actType) implements Op.Composite {
  /** The functions. */
  public enum Type {
    RELU,
    SIGMOID,
    TANH,
    /** {@code log(1 + exp(x))}. */
    SOFTRELU,
    SOFTSIGN,
    LOG_SIGMOID,
    MISH
  }

  static final OpSchema<Activation> SCHEMA =
      define(new Activation(Type.RELU), "Activation")
          .inputs("data")
          .required("act_type")
          .sample(new Activation(Type.RELU), Shape.of(2, 3))
          .sample(new Activation(Type.SIGMOID), Shape.of(2, 3))
          .sample(new Activation(Type.TANH), Shape.of(2, 3))
          .sample(new Activation(Type.SOFTRELU), Shape.of(2, 3))
          .sample(new Activation(Type.SOFTSIGN), Shape.of(2, 3))
          .sample(new Activation(Type.LOG_SIGMOID), Shape.of(2, 3))
          .sample(new Activation(Type.MISH), Shape.of(2, 3));

  @Override
  public void infer(Infer s) {
    s.same();
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = e.in(0);
    return List.of(
        switch (actType) {
          case RELU -> x.relu();
          case SIGMOID -> x.sigmoid();
          case TANH -> x.tanh();
          case SOFTRELU -> Ops.call(new Activations.SoftRelu(), x);
          case SOFTSIGN -> Ops.call(new Activations.SoftSign(), x);
          case LOG_SIGMOID -> Ops.call(new Units.LogSigmoid(), x);
          case MISH -> Ops.call(new Units.Mish(), x);
        });
  }
}
