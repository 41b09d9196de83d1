package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sorting along an axis, by {@link ArgSort}. Equal elements keep their order. An absent axis means
 * all elements in row-major order.
 */
public sealed interface Sorting extends Op.Composite {
  Optional<Integer> axis();

  /** Data with the sorted axis last, as rows; and the way back. */
  record Rows(Shape shape, int at) {
    static Rows of(Shape shape, Optional<Integer> axis) {
      return axis.isPresent()
          ? new Rows(shape, shape.axis(axis.get()))
          : new Rows(Shape.of(shape.size()), 0);
    }

    private List<Integer> exchanged() {
      var axes = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
      axes.set(at, shape.rank() - 1);
      axes.set(shape.rank() - 1, at);
      return axes;
    }

    private boolean last() {
      return at == shape.rank() - 1;
    }

    Tensor apart(Tensor x) {
      Tensor shaped = x.reshapeTo(shape);
      Tensor moved = last() ? shaped : Ops.call(new Transpose(exchanged()), shaped);
      return moved.reshapeTo(Shape.of(shape.size() / Math.max(1, shape.dim(at)), shape.dim(at)));
    }

    /** Rows of {@code k} elements back in their places. */
    Tensor together(Tensor rows, long k) {
      long[] dims = shape.with(at, k).dims();
      long swapped = dims[at];
      dims[at] = dims[dims.length - 1];
      dims[dims.length - 1] = swapped;
      Tensor shaped = rows.reshapeTo(Shape.of(dims));
      return last() ? shaped : Ops.call(new Transpose(exchanged()), shaped);
    }
  }

  private static Tensor first(Tensor rows, long k) {
    return k == rows.shape().dim(1) ? rows : Ops.call(Slicing.axis(1, 0, k), rows);
  }

  /** The elements in order. */
  record Sort(Optional<Integer> axis, boolean isAscend) implements Sorting {
    static final OpSchema<Sort> SCHEMA =
        define(new Sort(Optional.of(-1), true), "sort")
            .inputs("data")
            .sample(new Sort(Optional.of(-1), true), Shape.of(2, 5))
            .sample(new Sort(Optional.of(0), false), Shape.of(4, 3))
            .sample(new Sort(Optional.empty(), true), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      if (s.in(0).isKnown()) {
        s.out(0, Rows.of(s.in(0), axis).shape(), "the elements stay, their order changes");
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Rows rows = Rows.of(e.shape(0), axis);
      Tensor apart = rows.apart(e.in(0));
      Tensor order = Ops.call(new ArgSort(isAscend), apart);
      return List.of(
          rows.together(
              Ops.call(new Lookups.TakeAlong(), apart, order), rows.shape().dim(rows.at())));
    }
  }

  /** The positions of the elements in order. */
  record Argsort(Optional<Integer> axis, boolean isAscend, DType dtype) implements Sorting {
    static final OpSchema<Argsort> SCHEMA =
        define(new Argsort(Optional.of(-1), true, DType.FLOAT32), "argsort")
            .inputs("data")
            .sample(new Argsort(Optional.of(-1), true, DType.FLOAT32), Shape.of(2, 5))
            .sample(new Argsort(Optional.of(0), false, DType.INT32), Shape.of(4, 3));

    @Override
    public void infer(Infer s) {
      if (s.in(0).isKnown()) {
        s.out(0, Rows.of(s.in(0), axis).shape(), "there is one position for each element");
      }
      s.dtype(0, dtype);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Rows rows = Rows.of(e.shape(0), axis);
      Tensor order = Ops.call(new ArgSort(isAscend), rows.apart(e.in(0)));
      return List.of(rows.together(order, rows.shape().dim(rows.at())).cast(dtype));
    }
  }

  /** The first {@code k} elements in order: by default the largest. {@code k} 0 means all. */
  record TopK(Optional<Integer> axis, long k, Result retTyp, boolean isAscend, DType dtype)
      implements Sorting {
    /** What is returned. */
    public enum Result {
      VALUE,
      INDICES,
      /** Ones in the places of the first elements, else zeros. */
      MASK,
      /** Values, then indices. */
      BOTH
    }

    static final OpSchema<TopK> SCHEMA =
        define(new TopK(Optional.of(-1), 1, Result.INDICES, false, DType.FLOAT32), "topk")
            .inputs("data")
            .onnx("TopK")
            .sample(
                new TopK(Optional.of(-1), 2, Result.VALUE, false, DType.FLOAT32), Shape.of(3, 5))
            .sample(new TopK(Optional.of(0), 2, Result.BOTH, true, DType.INT32), Shape.of(4, 3))
            .sample(new TopK(Optional.of(1), 2, Result.MASK, false, DType.FLOAT32), Shape.of(3, 5));

    @Override
    public int outputs() {
      return retTyp == Result.BOTH ? 2 : 1;
    }

    @Override
    public int visibleOutputs() {
      return outputs();
    }

    private long count(Rows rows) {
      long n = rows.shape().dim(rows.at());
      return k < 1 ? n : k;
    }

    @Override
    public void infer(Infer s) {
      s.dtype(0, retTyp == Result.INDICES ? dtype : s.dtype(0));
      if (retTyp == Result.BOTH) {
        s.dtype(1, dtype);
      }
      if (!s.in(0).isKnown()) {
        return;
      }
      Rows rows = Rows.of(s.in(0), axis);
      if (count(rows) > rows.shape().dim(rows.at())) {
        throw s.error(
            "k = " + k,
            "the axis has " + rows.shape().dim(rows.at()) + " elements",
            "use a k of at most that");
      }
      Shape taken = retTyp == Result.MASK ? s.in(0) : rows.shape().with(rows.at(), count(rows));
      for (int i = 0; i < outputs(); i++) {
        s.out(i, taken, "the first k elements are taken along the axis");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Rows rows = Rows.of(e.shape(0), axis);
      long count = count(rows);
      Tensor apart = rows.apart(e.in(0));
      Tensor order = first(Ops.call(new ArgSort(isAscend), apart), count);
      Tensor values = Ops.call(new Lookups.TakeAlong(), apart, order);
      return switch (retTyp) {
        case VALUE -> List.of(rows.together(values, count));
        case INDICES -> List.of(rows.together(order.cast(dtype), count));
        case BOTH -> List.of(rows.together(values, count), rows.together(order.cast(dtype), count));
        case MASK -> {
          Tensor ones = values.onesLike();
          Tensor mask = Lookups.TakeAlong.scatter(ones, order, apart.shape());
          yield List.of(rows.together(mask, rows.shape().dim(rows.at())).reshapeTo(e.shape(0)));
        }
      };
    }
  }
}
