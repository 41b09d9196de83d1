package io.gluonj.op;

import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/** Sums to a smaller shape that broadcasts to the input's: the gradient of broadcasting. */
public record SumTo(Shape shape) implements Op.Structural {
  static final OpSchema<SumTo> SCHEMA =
      OpSchema.internal(new SumTo(Shape.scalar()), "_sum_to")
          .inputs("data")
          .method("sumTo", "shape")
          .sample(new SumTo(Shape.of(3)), Shape.of(4, 2, 3))
          .sample(new SumTo(Shape.of(2, 1)), Shape.of(4, 2, 3));

  @Override
  public void infer(Infer s) {
    if (s.in(0).isKnown() && !s.in(0).equals(Shape.broadcast(s.in(0), shape))) {
      throw s.error(
          "the input cannot be summed to " + shape,
          "that shape does not broadcast to the input's",
          "choose a shape whose extents are 1 or equal, aligned at the last axis");
    }
    s.out(0, shape, "the shape is an attribute");
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(0, () -> BroadcastTo.exactly(g.in(0).shape(), g.dy()));
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    Shape from = in.getFirst().shape();
    int shift = from.rank() - shape.rank();
    boolean[] reduced = new boolean[from.rank()];
    for (int i = 0; i < reduced.length; i++) {
      reduced[i] = i < shift || (shape.dim(i - shift) == 1 && from.dim(i) != 1);
    }
    return List.of(
        Nests.reduce(in.getFirst(), out.getFirst(), reduced, Reduction.SUM, Scalar.arg(0)));
  }
}
