package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import java.util.List;

/** Activation functions, one record each. */
public sealed interface Activations extends Op.Pointwise {
  /** The function. */
  Scalar value(Scalar x);

  @Override
  default List<Scalar> apply(List<Scalar> in) {
    return List.of(value(in.getFirst()));
  }

  /** {@code max(x, 0)}; the gradient at 0 is 0. */
  record Relu() implements Activations {
    static final OpSchema<Relu> SCHEMA =
        define(new Relu(), "relu")
            .inputs("data")
            .method("relu")
            .onnx("Relu")
            .sample(new Relu(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.GT, Scalar.of(0)).choose(x, Scalar.of(0));
    }

    /** Reads the result, not the input: the input need not be kept. */
    @Override
    public void vjp(Vjp g) {
      Scalar mask = Scalar.arg(0).with(Fn2.GT, Scalar.of(0));
      g.grad(
          0,
          () -> Ops.call(new Fused(mask.choose(Scalar.arg(1), Scalar.of(0)), 2), g.out(0), g.dy()));
    }
  }

  /** {@code 1 / (1 + exp(-x))}, written with tanh so that no exponential overflows. */
  record Sigmoid() implements Activations {
    static final OpSchema<Sigmoid> SCHEMA =
        define(new Sigmoid(), "sigmoid")
            .inputs("data")
            .method("sigmoid")
            .onnx("Sigmoid")
            .sample(new Sigmoid(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.times(0.5).map(Fn.TANH).times(0.5).plus(0.5);
    }

    @Override
    public void vjp(Vjp g) {
      Scalar y = Scalar.arg(0);
      Scalar slope = y.times(Scalar.of(1).minus(y));
      g.grad(0, () -> Ops.call(new Fused(slope.times(Scalar.arg(1)), 2), g.out(0), g.dy()));
    }
  }

  /** {@code log(1 + exp(x))}, MXNet's softrelu, without overflow. */
  record SoftRelu() implements Activations {
    static final OpSchema<SoftRelu> SCHEMA =
        OpSchema.internal(new SoftRelu(), "softrelu")
            .inputs("data")
            .onnx("Softplus")
            .sample(new SoftRelu(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.with(Fn2.MAX, Scalar.of(0))
          .plus(x.map(Fn.ABS).map(Fn.NEG).map(Fn.EXP).map(Fn.LOG1P));
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> g.dy().mul(g.in(0).sigmoid()));
    }
  }

  /** {@code x / (1 + |x|)}. */
  record SoftSign() implements Activations {
    static final OpSchema<SoftSign> SCHEMA =
        define(new SoftSign(), "softsign")
            .inputs("data")
            .onnx("Softsign")
            .sample(new SoftSign(), Shape.of(2, 3));

    @Override
    public Scalar value(Scalar x) {
      return x.over(x.map(Fn.ABS).plus(1));
    }
  }
}
