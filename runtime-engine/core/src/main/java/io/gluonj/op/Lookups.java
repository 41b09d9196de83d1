package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Elements picked by the values of another tensor. Indices are cut off towards 0. */
public sealed interface Lookups extends Op.Structural
    permits Lookups.Take, Lookups.Rows, Lookups.TakeAlong, Lookups.GatherNd, Picked {
  /** The access that looks input 0 up. */
  Access lookup(TensorType data, TensorType indices, TensorType out);

  /** The accesses that read input 1, in the order in which the lookup's indices count them. */
  List<Access> indices(TensorType indices, TensorType out);

  @Override
  default List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    TensorType result = out.getFirst();
    var loads = new ArrayList<Access>();
    loads.add(lookup(in.get(0), in.get(1), result));
    loads.addAll(indices(in.get(1), result));
    Access store = new Access(0, result.dtype(), 0, Nests.list(result.shape().strides()));
    return List.of(
        new LoopNest(
            Nests.list(result.shape().dims()),
            List.of(),
            loads,
            List.of(new LoopNest.Store(store, Scalar.arg(0), Scalar.arg(0))),
            LoopNest.Reduction.NONE));
  }

  private static List<Long> concat(List<Long> a, List<Long> b, List<Long> c) {
    return Stream.of(a, b, c).flatMap(List::stream).toList();
  }

  private static List<Long> zeros(int n) {
    return Collections.nCopies(n, 0L);
  }

  /**
   * Slices of {@code a} along {@code axis} (MXNet: {@code take}), one for each index: the result
   * has the axes of {@code a} with those of {@code indices} in the place of {@code axis}.
   */
  record Take(int axis, Pick.Mode mode) implements Lookups {
    static final OpSchema<Take> SCHEMA =
        define(new Take(0, Pick.Mode.CLIP), "take")
            .inputs("a", "indices")
            .onnx("Gather")
            .sample(
                new Take(0, Pick.Mode.CLIP),
                new SampleInput(TensorType.float32(4, 3), -2, 2),
                new SampleInput(TensorType.float32(2, 3), -1.9, 5.9))
            .sample(
                new Take(1, Pick.Mode.WRAP),
                new SampleInput(TensorType.float32(2, 4, 3), -2, 2),
                new SampleInput(new TensorType(Shape.of(5), DType.INT32), -6, 7))
            .sample(
                new Take(-1, Pick.Mode.CLIP),
                new SampleInput(TensorType.float32(2, 3), -2, 2),
                new SampleInput(new TensorType(Shape.of(2), DType.INT64), 0, 2.99));

    @Override
    public void infer(Infer s) {
      Shape a = s.in(0);
      Shape indices = s.in(1);
      if (a.hasRank() && indices.hasRank()) {
        int at = a.axis(axis);
        if (a.dim(at) == 0) {
          throw s.error(
              "axis " + at + " of " + a + " is empty",
              "there is nothing to take from it",
              "take from an axis with at least one element");
        }
        long[] dims =
            Stream.of(
                    LongStream.of(a.dims()).limit(at),
                    LongStream.of(indices.dims()),
                    LongStream.of(a.dims()).skip(at + 1L))
                .flatMapToLong(d -> d)
                .toArray();
        s.out(0, Shape.of(dims), "the axes of the indices replace axis " + at);
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      Shape a = g.in(0).shape();
      int at = a.axis(axis);
      Shape apart = Shape.of(a.sizeTo(at), g.in(1).shape().size(), a.sizeFrom(at + 1));
      g.grad(
          0,
          () ->
              Ops.call(
                      new ScatterAdd(a.dim(at), mode.bounds()),
                      g.dy().reshapeTo(apart),
                      g.in(1).reshapeTo(Shape.of(apart.dim(1))))
                  .reshapeTo(a));
      g.none(1, "the result is piecewise constant in the indices");
    }

    @Override
    public Access lookup(TensorType data, TensorType indices, TensorType out) {
      int at = data.shape().axis(axis);
      List<Long> strides = Nests.list(data.shape().strides());
      return new Access(
          0,
          data.dtype(),
          0,
          concat(
              strides.subList(0, at),
              zeros(indices.shape().rank()),
              strides.subList(at + 1, strides.size())),
          List.of(new Index(Scalar.arg(1), strides.get(at), data.shape().dim(at), mode.bounds())));
    }

    @Override
    public List<Access> indices(TensorType indices, TensorType out) {
      int inner = indices.shape().rank();
      int rank = out.shape().rank() - inner + 1;
      int at = axis < 0 ? axis + rank : axis;
      return List.of(
          new Access(
              1,
              indices.dtype(),
              0,
              concat(zeros(at), Nests.list(indices.shape().strides()), zeros(rank - 1 - at))));
    }
  }

  /** Slices (outer, n, inner) of data (outer, rows, inner) at an index (n). */
  record Rows(Bounds bounds) implements Lookups {
    static final OpSchema<Rows> SCHEMA =
        OpSchema.internal(new Rows(Bounds.CLIP), "_rows")
            .inputs("data", "index")
            .sample(
                new Rows(Bounds.ZERO),
                new SampleInput(TensorType.float32(2, 3, 2), -2, 2),
                new SampleInput(new TensorType(Shape.of(5), DType.INT32), -1, 4));

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      s.in(1, Shape.of(Shape.UNKNOWN), "the index has one axis");
      long n = s.in(1).dim(0);
      if (data.hasRank()) {
        s.in(
            0,
            Shape.of(data.dim(0), s.in(0).dim(1), Shape.UNKNOWN),
            "data is (outer, rows, inner)");
        s.out(0, data.with(1, n), "one slice for each index");
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      long rows = g.in(0).shape().dim(1);
      g.grad(0, () -> Ops.call(new ScatterAdd(rows, bounds), g.dy(), g.in(1)));
      g.none(1, "the result is piecewise constant in the index");
    }

    @Override
    public Access lookup(TensorType data, TensorType indices, TensorType out) {
      long[] strides = data.shape().strides();
      return new Access(
          0,
          data.dtype(),
          0,
          List.of(strides[0], 0L, strides[2]),
          List.of(new Index(Scalar.arg(1), strides[1], data.shape().dim(1), bounds)));
    }

    @Override
    public List<Access> indices(TensorType indices, TensorType out) {
      return List.of(new Access(1, indices.dtype(), 0, List.of(0L, 1L, 0L)));
    }
  }

  /** Elements of each row of data (rows, n) at the positions of its row of an index (rows, k). */
  record TakeAlong() implements Lookups {
    static final OpSchema<TakeAlong> SCHEMA =
        OpSchema.internal(new TakeAlong(), "_take_along")
            .inputs("data", "index")
            .sample(
                new TakeAlong(),
                new SampleInput(TensorType.float32(3, 4), -2, 2),
                new SampleInput(new TensorType(Shape.of(3, 2), DType.INT64), 0, 3.99));

    @Override
    public void infer(Infer s) {
      long rows = s.in(0).hasRank() && s.in(0).rank() == 2 ? s.in(0).dim(0) : Shape.UNKNOWN;
      s.in(0, Shape.of(rows, Shape.UNKNOWN), "data is (rows, n)");
      s.in(1, Shape.of(rows, Shape.UNKNOWN), "the index is (rows, k)");
      if (s.in(0).dim(1) == 0 && s.in(1).dim(1) > 0) {
        throw s.error("rows without elements", "there is nothing to take", "pass elements");
      }
      s.out(0, s.in(1), "one element for each index");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> scatter(g.dy(), g.in(1), g.in(0).shape()));
      g.none(1, "the result is piecewise constant in the index");
    }

    /** Values (rows, k) placed at the positions of an index in zeros of a shape (rows, n). */
    static Tensor scatter(Tensor values, Tensor index, Shape data) {
      Shape flat = Shape.of(1, values.shape().size(), 1);
      Scalar position =
          new Scalar.Iota(0).times((double) data.dim(1)).plus(Scalar.arg(0).map(Scalar.Fn.TRUNC));
      Tensor positions = Fused.of(position, List.of(index.cast(DType.INT64)));
      return Ops.call(
              new ScatterAdd(data.size(), Bounds.CLIP),
              values.reshapeTo(flat),
              positions.reshapeTo(Shape.of(flat.dim(1))))
          .reshapeTo(data);
    }

    @Override
    public Access lookup(TensorType data, TensorType indices, TensorType out) {
      long n = data.shape().dim(1);
      return new Access(
          0,
          data.dtype(),
          0,
          List.of(n, 0L),
          List.of(new Index(Scalar.arg(1), 1, Math.max(1, n), Bounds.CLIP)));
    }

    @Override
    public List<Access> indices(TensorType indices, TensorType out) {
      return List.of(new Access(1, indices.dtype(), 0, List.of(indices.shape().dim(1), 1L)));
    }
  }

  /**
   * Parts of {@code data} whose leading positions are the columns of {@code indices}, shape (m, …):
   * {@code y[i…] = data[indices[0, i…], …, indices[m-1, i…]]}. Indices wrap, as in MXNet.
   */
  record GatherNd() implements Lookups {
    static final OpSchema<GatherNd> SCHEMA =
        define(new GatherNd(), "gather_nd")
            .inputs("data", "indices")
            .onnx("GatherND")
            .sample(
                new GatherNd(),
                new SampleInput(TensorType.float32(2, 3, 2), -2, 2),
                new SampleInput(TensorType.float32(2, 4), 0, 1.99))
            .sample(
                new GatherNd(),
                new SampleInput(TensorType.float32(4, 3), -2, 2),
                new SampleInput(new TensorType(Shape.of(1, 2, 3), DType.INT32), -4, 3.9));

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      Shape indices = s.in(1);
      if (data.hasRank() && indices.hasRank()) {
        long m = indices.dim(0);
        if (m == Shape.UNKNOWN) {
          return;
        }
        if (m < 1 || m > data.rank()) {
          throw s.error(
              "indices with " + m + " rows for data of rank " + data.rank(),
              "each row indexes one leading axis of the data",
              "pass indices of shape (m, ...) with m from 1 to " + data.rank());
        }
        if (data.sizeTo((int) m) == 0 && indices.sizeFrom(1) != 0) {
          throw s.error(
              "indices into data of shape " + data,
              "it has no elements along the axes that they name",
              "take from data with at least one element along each");
        }
        long[] dims =
            LongStream.concat(
                    LongStream.of(indices.dims()).skip(1), LongStream.of(data.dims()).skip(m))
                .toArray();
        s.out(0, Shape.of(dims), "one part of the data for each column of the indices");
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      Shape data = g.in(0).shape();
      g.grad(0, () -> Ops.call(new Indexing.ScatterNd(Nests.list(data.dims())), g.dy(), g.in(1)));
      g.none(1, "the result is piecewise constant in the indices");
    }

    @Override
    public Access lookup(TensorType data, TensorType indices, TensorType out) {
      int m = Math.toIntExact(indices.shape().dim(0));
      Shape shape = data.shape();
      List<Index> found =
          IntStream.range(0, m)
              .mapToObj(
                  i -> new Index(Scalar.arg(1 + i), shape.strides()[i], shape.dim(i), Bounds.WRAP))
              .toList();
      return new Access(
          0,
          data.dtype(),
          0,
          concat(
              zeros(indices.shape().rank() - 1),
              Nests.list(shape.strides()).subList(m, shape.rank()),
              List.of()),
          found);
    }

    @Override
    public List<Access> indices(TensorType indices, TensorType out) {
      Shape shape = indices.shape();
      List<Long> own = Nests.list(shape.strides()).subList(1, shape.rank());
      return LongStream.range(0, shape.dim(0))
          .mapToObj(i ->
              new Access(
                  1,
                  indices.dtype(),
                  i * shape.strides()[0],
                  concat(own, zeros(out.shape().rank() - own.size()), List.of())))
          .toList();
    }
  }

  /** The row-major position that a column of indices, shape (m, …), means in leading axes. */
  static Tensor rowMajor(Tensor indices, Shape data) {
    int m = Math.toIntExact(indices.shape().dim(0));
    if (m > data.rank()) {
      throw new InvalidArgumentException(
          "indices with " + m + " rows for data of shape " + data,
          "each row indexes one leading axis of the data",
          "pass indices of shape (m, ...) with m at most " + data.rank());
    }
    Shape flat = Shape.of(indices.shape().sizeFrom(1));
    var rows = new ArrayList<Tensor>();
    Scalar position = Scalar.of(0);
    for (int i = 0; i < m; i++) {
      Scalar row =
          Scalar.arg(i).map(Scalar.Fn.TRUNC).with(Scalar.Fn2.MOD, Scalar.of((double) data.dim(i)));
      position = position.times(Scalar.of((double) data.dim(i))).plus(row);
      rows.add(Ops.call(Slicing.axis(0, i, i + 1L), indices).reshapeTo(flat).cast(DType.INT64));
    }
    return Fused.of(position, rows);
  }
}
