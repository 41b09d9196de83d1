package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/** The 1- or 2-norm over axes, or over all elements. */
public record Norm(int ord, List<Integer> axis, boolean keepdims) implements Op.Composite {
  static final OpSchema<Norm> SCHEMA =
      define(new Norm(2, List.of(), false), "norm")
          .inputs("data")
          .method("norm")
          .only("out_dtype", "None")
          .sample(new Norm(2, List.of(), false), Shape.of(2, 3))
          .sample(new Norm(1, List.of(1), true), Shape.of(2, 3));

  public Norm {
    axis = List.copyOf(axis);
  }

  /** The Euclidean norm of all elements. */
  public static Norm l2() {
    return new Norm(2, List.of(), false);
  }

  private Reduce.Sum sum() {
    return new Reduce.Sum(axis, keepdims, false);
  }

  @Override
  public void infer(Infer s) {
    if (ord != 1 && ord != 2) {
      throw s.error("ord " + ord, "only the 1-norm and the 2-norm are defined", "use 1 or 2");
    }
    sum().infer(s);
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = e.in(0);
    return List.of(ord == 1 ? Ops.call(sum(), x.abs()) : Ops.call(sum(), x.square()).sqrt());
  }
}
