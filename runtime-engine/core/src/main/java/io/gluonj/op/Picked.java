package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One element of data (outer, n, inner) along its middle axis for each index (outer, inner). Its
 * gradient is a mask and not a scatter: it is fused with what comes before, and writes the whole
 * gradient of the data once.
 */
record Picked(Bounds bounds) implements Lookups {
  static final OpSchema<Picked> SCHEMA =
      OpSchema.internal(new Picked(Bounds.CLIP), "_picked")
          .inputs("data", "index")
          .sample(
              new Picked(Bounds.WRAP),
              new SampleInput(TensorType.float32(2, 3, 2), -2, 2),
              new SampleInput(new TensorType(Shape.of(2, 2), DType.INT32), -4, 7));

  @Override
  public void infer(Infer s) {
    if (s.in(0).hasRank()) {
      requireElements(s, 1);
      s.in(1, s.in(0).remove(1), "there is one index for each position beside the middle axis");
    }
    s.out(0, s.in(1), "one element for each index");
    s.dtype(0, s.dtype(0));
  }

  /** Refuses to pick along an axis of the first input that has no elements. */
  static void requireElements(Infer s, int axis) {
    Shape x = s.in(0);
    if (x.hasRank() && x.rank() > axis && x.dim(axis) == 0 && !isEmpty(x.remove(axis))) {
      throw s.error(
          "axis " + axis + " of " + x + " is empty",
          "there is nothing to pick from it",
          "pick from an axis with at least one element");
    }
  }

  private static boolean isEmpty(Shape shape) {
    return LongStream.of(shape.dims()).anyMatch(d -> d == 0);
  }

  @Override
  public void vjp(Vjp g) {
    g.none(1, "the result is piecewise constant in the index");
    g.grad(
        0,
        () -> {
          Shape x = g.in(0).shape();
          Scalar extent = Scalar.of((double) x.dim(1));
          Scalar whole = Scalar.arg(1).map(Fn.TRUNC);
          Scalar index =
              switch (bounds) {
                case CLIP -> whole.with(Fn2.MAX, Scalar.of(0)).with(Fn2.MIN, extent.minus(1));
                case WRAP -> whole.with(Fn2.MOD, extent);
                case ZERO -> whole;
              };
          Scalar here = new Scalar.Iota(1).with(Fn2.EQ, index);
          Shape one = x.with(1, 1);
          Tensor dy = Ops.call(new BroadcastTo(Nests.list(x.dims())), g.dy().reshapeTo(one));
          Scalar masked = here.choose(Scalar.arg(0), Scalar.of(0));
          return Ops.call(new Fused(masked, 2), dy, g.in(1).cast(dy.dtype()).reshapeTo(one));
        });
  }

  @Override
  public Access lookup(TensorType data, TensorType indices, TensorType out) {
    long[] strides = data.shape().strides();
    long extent = Math.max(1, data.shape().dim(1));
    return new Access(
        0,
        data.dtype(),
        0,
        List.of(strides[0], strides[2]),
        List.of(new Index(Scalar.arg(1), strides[1], extent, bounds)));
  }

  @Override
  public List<Access> indices(TensorType indices, TensorType out) {
    return List.of(new Access(1, indices.dtype(), 0, Nests.list(indices.shape().strides())));
  }
}
