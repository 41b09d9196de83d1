package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Optional;

/** Results that follow from the input's shape alone. */
public sealed interface ShapeReaders extends Op.Composite {
  @Override
  default boolean ownGradient() {
    return true;
  }

  @Override
  default void vjp(Vjp g) {
    g.none(0, "only the shape of the input is read");
  }

  /** The input's extents, int64. */
  record ShapeArray() implements ShapeReaders {
    static final OpSchema<ShapeArray> SCHEMA =
        define(new ShapeArray(), "shape_array")
            .inputs("data")
            .onnx("Shape")
            .sample(new ShapeArray(), Shape.of(2, 3, 4));

    @Override
    public void infer(Infer s) {
      if (s.in(0).hasRank()) {
        s.out(0, Shape.of(s.in(0).rank()), "there is one number for each axis");
      }
      s.dtype(0, DType.INT64);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape in = e.shape(0);
      Scalar body = Scalar.of(0);
      for (int i = 0; i < in.rank(); i++) {
        Scalar here = new Scalar.Iota(0).with(Fn2.EQ, Scalar.of(i));
        body = here.choose(Scalar.of((double) in.dim(i)), body);
      }
      Op made = new Creation.Filled(Shape.of(in.rank()), DType.INT64, body);
      return List.of(Ops.call(made, e.in(0)));
    }
  }

  /** The input's number of elements, int64, shape (1,). */
  record SizeArray() implements ShapeReaders {
    static final OpSchema<SizeArray> SCHEMA =
        define(new SizeArray(), "size_array")
            .inputs("data")
            .onnx("Size")
            .sample(new SizeArray(), Shape.of(2, 3, 4));

    @Override
    public void infer(Infer s) {
      s.out(0, Shape.of(1), "there is one number");
      s.dtype(0, DType.INT64);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Scalar size = Scalar.of((double) e.shape(0).size());
      return List.of(Ops.call(new Creation.Filled(Shape.of(1), DType.INT64, size), e.in(0)));
    }
  }

  /** A progression as long as one axis of the input, or in the shape of all of it. */
  record ArangeLike(double start, double step, int repeat, Optional<Integer> axis)
      implements ShapeReaders {
    static final OpSchema<ArangeLike> SCHEMA =
        define(new ArangeLike(0, 1, 1, Optional.empty()), "_contrib_arange_like")
            .inputs("data")
            .ignored("ctx")
            .sample(new ArangeLike(1, 2, 1, Optional.of(1)), Shape.of(2, 3))
            .sample(new ArangeLike(0, 0.5, 2, Optional.empty()), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      if (repeat < 1) {
        throw s.error("repeat " + repeat, "every number occurs repeat times", "use 1 or more");
      }
      if (s.in(0).hasRank()) {
        Shape in = s.in(0);
        s.out(
            0,
            axis.map(a -> Shape.of(in.dim(a))).orElse(in),
            "the numbers run along an axis of the input, or along all of it");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape in = e.shape(0);
      long count = axis.map(in::dim).orElse(in.size());
      Op made =
          new Creation.Filled(
              Shape.of(count), e.in(0).dtype(), Creation.progression(start, step, repeat));
      Tensor numbers = Ops.call(made, e.in(0));
      return List.of(axis.isPresent() ? numbers : numbers.reshapeTo(in));
    }
  }
}
