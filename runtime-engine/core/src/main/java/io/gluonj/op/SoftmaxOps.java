package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Optional;

/** The softmax family; {@code temperature} divides the input first. */
public sealed interface SoftmaxOps extends Op.Composite {
  int axis();

  Optional<Double> temperature();

  @Override
  default void infer(Infer s) {
    s.same();
    if (s.in(0).hasRank()) {
      s.in(0).axis(axis());
    }
  }

  @Override
  default boolean ownGradient() {
    return true;
  }

  /** The input, scaled, minus its maximum along the axis. */
  private Tensor shifted(Tensor x) {
    Tensor scaled = temperature().map(t -> x.div(t)).orElse(x);
    return scaled.sub(Ops.call(Reduce.max(true, axis()), scaled));
  }

  private Tensor sum(Tensor x) {
    return Ops.call(Reduce.sum(true, axis()), x);
  }

  private Tensor scaledBack(Tensor dx) {
    return temperature().map(t -> dx.div(t)).orElse(dx);
  }

  /** {@code exp(x) / sum(exp(x))}. */
  record Softmax(int axis, Optional<Double> temperature) implements SoftmaxOps {
    static final OpSchema<Softmax> SCHEMA =
        define(new Softmax(-1, Optional.empty()), "softmax")
            .inputs("data")
            .only("dtype", "None")
            .only("use_length", "False")
            .sample(new Softmax(-1, Optional.empty()), Shape.of(2, 5))
            .sample(new Softmax(1, Optional.of(2.0)), Shape.of(2, 3, 4));

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor exp = ((SoftmaxOps) this).shifted(e.in(0)).exp();
      return List.of(exp.div(((SoftmaxOps) this).sum(exp)));
    }

    @Override
    public void vjp(Vjp g) {
      SoftmaxOps self = this;
      g.grad(0, () -> self.scaledBack(g.dy().sub(self.sum(g.dy().mul(g.out(0)))).mul(g.out(0))));
    }
  }

  /** {@code log(softmax(x))} without overflow. */
  record LogSoftmax(int axis, Optional<Double> temperature) implements SoftmaxOps {
    static final OpSchema<LogSoftmax> SCHEMA =
        define(new LogSoftmax(-1, Optional.empty()), "log_softmax")
            .inputs("data")
            .only("dtype", "None")
            .only("use_length", "False")
            .sample(new LogSoftmax(-1, Optional.empty()), Shape.of(2, 5))
            .sample(new LogSoftmax(0, Optional.empty()), Shape.of(2, 5));

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor shifted = ((SoftmaxOps) this).shifted(e.in(0));
      return List.of(shifted.sub(((SoftmaxOps) this).sum(shifted.exp()).log()));
    }

    @Override
    public void vjp(Vjp g) {
      SoftmaxOps self = this;
      g.grad(0, () -> self.scaledBack(g.dy().sub(g.out(0).exp().mul(self.sum(g.dy())))));
    }
  }
}
