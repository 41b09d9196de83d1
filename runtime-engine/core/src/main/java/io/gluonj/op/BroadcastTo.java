package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/** Repeats along axes of extent 1; 0 keeps an extent. New axes may be put in front. */
public record BroadcastTo(List<Long> shape) implements Op.Structural {
  static final OpSchema<BroadcastTo> SCHEMA =
      define(new BroadcastTo(List.of()), "broadcast_to")
          .inputs("data")
          .method("broadcastTo", "shape")
          .onnx("Expand")
          .required("shape")
          .sample(new BroadcastTo(List.of(2L, 3L)), Shape.of(2, 1))
          .sample(new BroadcastTo(List.of(4L, 0L, 3L)), Shape.of(1, 2, 3));

  public BroadcastTo {
    shape = List.copyOf(shape);
  }

  /** {@code x} repeated to exactly this shape, in which 0 is an extent like any other. */
  static Tensor exactly(Shape shape, Tensor x) {
    return shape.size() == 0
        ? Ops.call(new Creation.Filled(shape, x.dtype(), Scalar.of(0)), x)
        : Ops.call(new BroadcastTo(Nests.list(shape.dims())), x);
  }

  @Override
  public void infer(Infer s) {
    Shape in = s.in(0);
    if (!in.hasRank()) {
      return;
    }
    int shift = shape.size() - in.rank();
    if (shift < 0) {
      throw s.error(
          "the input cannot be broadcast to " + shape,
          "the shape has fewer axes than the input",
          "pass a shape with one extent for each axis");
    }
    long[] out = new long[shape.size()];
    for (int i = 0; i < out.length; i++) {
      long own = i >= shift ? in.dim(i - shift) : 1;
      out[i] = shape.get(i) == 0 ? own : shape.get(i);
      if (shape.get(i) < 0 || (own != 1 && own != Shape.UNKNOWN && own != out[i])) {
        throw s.error(
            "the input cannot be broadcast to " + shape,
            "aligned at the last axis, an extent can be repeated only if it is 1",
            "insert axes of extent 1 where the input shall be repeated");
      }
    }
    s.out(0, Shape.of(out), "the shape is an attribute");
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(0, () -> g.dy().sumTo(g.in(0).shape()));
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    long[] strides = Nests.broadcastStrides(in.getFirst().shape(), out.getFirst().shape());
    return List.of(Nests.gather(in.getFirst(), out.getFirst(), 0, Nests.list(strides)));
  }
}
