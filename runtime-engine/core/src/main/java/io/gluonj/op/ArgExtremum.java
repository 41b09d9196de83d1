package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Optional;

/** Position of an extremum, the first of several, as float32 like MXNet's. */
public sealed interface ArgExtremum extends Op.Composite {
  /** The axis searched; all elements in row-major order if absent. */
  Optional<Integer> axis();

  boolean keepdims();

  /** The reduction whose position is sought. */
  Op extremum(int axis);

  @Override
  default void infer(Infer s) {
    Shape in = s.in(0);
    if (in.hasRank()) {
      Shape rest = axis().map(in::remove).orElse(Shape.of());
      Shape dropped = rest.rank() == 0 ? Shape.of(1) : rest;
      s.out(
          0,
          keepdims() && axis().isPresent() ? in.with(axis().get(), 1) : dropped,
          "the searched axis is dropped");
    }
    s.dtype(0, DType.FLOAT32);
  }

  @Override
  default boolean ownGradient() {
    return true;
  }

  @Override
  default void vjp(Vjp g) {
    g.none(0, "a position is piecewise constant in the values");
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    Tensor x = axis().isPresent() ? e.in(0) : e.in(0).reshapeTo(Shape.of(e.shape(0).size()));
    int at = axis().map(x.shape()::axis).orElse(0);
    Tensor best = Ops.call(extremum(at), x);
    Scalar candidate =
        Scalar.arg(0)
            .with(Fn2.EQ, Scalar.arg(1))
            .choose(new Scalar.Iota(at), Scalar.of((double) x.shape().dim(at)));
    Tensor positions = Ops.call(new Fused(candidate, 2), x, best).cast(DType.FLOAT32);
    return List.of(Ops.call(Reduce.min(keepdims() && axis().isPresent(), at), positions));
  }

  /** Position of the first maximum, as float32 like MXNet. */
  record Argmax(Optional<Integer> axis, boolean keepdims) implements ArgExtremum {
    static final OpSchema<Argmax> SCHEMA =
        define(new Argmax(Optional.empty(), false), "argmax")
            .inputs("data")
            .method("argmax", "axis")
            .onnx("ArgMax")
            .sample(new Argmax(Optional.of(1), false), Shape.of(3, 4))
            .sample(new Argmax(Optional.empty(), false), Shape.of(3, 4));

    @Override
    public Op extremum(int at) {
      return Reduce.max(true, at);
    }
  }

  /** Position of the first minimum, as float32 like MXNet. */
  record Argmin(Optional<Integer> axis, boolean keepdims) implements ArgExtremum {
    static final OpSchema<Argmin> SCHEMA =
        define(new Argmin(Optional.empty(), false), "argmin")
            .inputs("data")
            .method("argmin", "axis")
            .onnx("ArgMin")
            .sample(new Argmin(Optional.of(0), true), Shape.of(3, 4));

    @Override
    public Op extremum(int at) {
      return Reduce.min(true, at);
    }
  }
}
