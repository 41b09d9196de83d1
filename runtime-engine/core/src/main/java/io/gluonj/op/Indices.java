package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/** Arithmetic on indices, and old names of what other operators do. */
public sealed interface Indices extends Op.Composite {
  /** {@code numbers[i]} where the position along axis 0 is i. */
  private static Scalar ofRow(long[] numbers) {
    Scalar chosen = Scalar.of((double) numbers[numbers.length - 1]);
    for (int i = numbers.length - 2; i >= 0; i--) {
      Scalar here = new Scalar.Iota(0).with(Fn2.EQ, Scalar.of(i));
      chosen = here.choose(Scalar.of((double) numbers[i]), chosen);
    }
    return chosen;
  }

  /** Refuses a shape that has no positions. */
  private static void requireExtents(List<Long> shape, Infer s) {
    if (shape.isEmpty() || shape.stream().anyMatch(d -> d < 1)) {
      throw s.error(
          "positions in a tensor of shape " + shape,
          "it has one or more axes, and elements along each",
          "pass the shape that the positions belong to");
    }
    long _ = Shape.of(shape.stream().mapToLong(d -> d).toArray()).size();
  }

  private static long[] strides(List<Long> shape) {
    long[] strides = new long[shape.size()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape.get(i);
    }
    return strides;
  }

  /** Coordinates (axes, …) in a tensor of the given shape as row-major positions. */
  record RavelMultiIndex(List<Long> shape) implements Indices {
    static final OpSchema<RavelMultiIndex> SCHEMA =
        define(new RavelMultiIndex(List.of()), "_ravel_multi_index", "ravel_multi_index")
            .inputs("data")
            .required("shape")
            .sample(
                new RavelMultiIndex(List.of(3L, 4L)),
                new SampleInput(new TensorType(Shape.of(2, 3), DType.INT32), 0, 3));

    @Override
    public void infer(Infer s) {
      requireExtents(shape, s);
      if (s.in(0).hasRank()) {
        s.in(0, s.in(0).with(0, shape.size()), "there is one coordinate for each axis");
        s.out(0, s.in(0).remove(0), "there is one position for each point");
      }
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "positions are counts");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Op scaled = new Fused(Scalar.arg(0).times(ofRow(strides(shape))), 1);
      Tensor sum = Ops.call(Reduce.sum(false, 0), Ops.call(scaled, e.in(0)));
      return List.of(sum.reshapeTo(e.shape(0).remove(0)));
    }
  }

  /** Row-major positions in a tensor of the given shape as coordinates (axes, …). */
  record UnravelIndex(List<Long> shape) implements Indices {
    static final OpSchema<UnravelIndex> SCHEMA =
        define(new UnravelIndex(List.of()), "_unravel_index", "unravel_index")
            .inputs("data")
            .required("shape")
            .sample(
                new UnravelIndex(List.of(3L, 4L)),
                new SampleInput(new TensorType(Shape.of(2, 3), DType.INT32), 0, 12));

    @Override
    public void infer(Infer s) {
      requireExtents(shape, s);
      if (s.in(0).hasRank()) {
        s.out(0, s.in(0).insert(0, shape.size()), "there is one coordinate for each axis");
      }
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "coordinates are piecewise constant");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape in = e.shape(0);
      Shape out = in.insert(0, shape.size());
      Tensor repeated = BroadcastTo.exactly(out, e.in(0).reshapeTo(in.insert(0, 1)));
      // Half a step keeps whole quotients whole after rounding.
      Scalar steps = Scalar.arg(0).plus(0.5).over(ofRow(strides(shape))).map(Fn.FLOOR);
      long[] extents = shape.stream().mapToLong(d -> d).toArray();
      Scalar first = new Scalar.Iota(0).with(Fn2.EQ, Scalar.of(0));
      Scalar coordinate = first.choose(steps, steps.with(Fn2.MOD, ofRow(extents)));
      return List.of(Ops.call(new Fused(coordinate, 1), repeated));
    }
  }

  /** {@code a[i, indices[i]]}. */
  record BatchTake() implements Indices {
    static final OpSchema<BatchTake> SCHEMA =
        define(new BatchTake(), "batch_take")
            .inputs("a", "indices")
            .sample(
                new BatchTake(),
                new SampleInput(TensorType.float32(3, 2), -2, 2),
                new SampleInput(new TensorType(Shape.of(3), DType.INT32), 0, 2));

    @Override
    public void infer(Infer s) {
      new Pick(Optional.of(-1), false, Pick.Mode.CLIP).infer(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(e.in(0).pick(e.in(1).cast(e.in(0).dtype()), -1));
    }
  }

  /** Position of the maximum along axis 1. */
  record ArgmaxChannel() implements Indices {
    static final OpSchema<ArgmaxChannel> SCHEMA =
        define(new ArgmaxChannel(), "argmax_channel")
            .inputs("data")
            .sample(new ArgmaxChannel(), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      new ArgExtremum.Argmax(Optional.of(1), false).infer(s);
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "a position is piecewise constant in the values");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(e.in(0).argmax(1));
    }
  }

  /** Joins the parameters of a recurrent network, as Concat does. */
  record RnnParamConcat(int dim) implements Indices {
    static final OpSchema<RnnParamConcat> SCHEMA =
        define(new RnnParamConcat(1), "_rnn_param_concat")
            .variadic()
            .sample(new RnnParamConcat(0), Shape.of(4), Shape.of(2));

    @Override
    public void infer(Infer s) {
      new Concat(dim).infer(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(Ops.call(new Concat(dim), e.inputs().toArray(Tensor[]::new)));
    }
  }
}
