package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Operators that pick or place by indices, in terms of {@link Lookups} and {@link ScatterAdd}. */
public sealed interface Indexing extends Op.Composite {
  /**
   * Rows of a weight (inputDim, outputDim), one for each element of the data. Indices out of range
   * mean the nearest row.
   */
  record Embedding(long inputDim, long outputDim, DType dtype, boolean sparseGrad)
      implements Indexing {
    static final OpSchema<Embedding> SCHEMA =
        define(new Embedding(0, 0, DType.FLOAT32, false), "Embedding")
            .inputs("data", "weight")
            .onnx("Gather")
            .required("input_dim", "output_dim")
            .sample(
                new Embedding(6, 3, DType.FLOAT32, false),
                new SampleInput(TensorType.float32(2, 3), -0.9, 5.99),
                new SampleInput(TensorType.float32(6, 3), -2, 2));

    @Override
    public void infer(Infer s) {
      s.in(1, Shape.of(inputDim, outputDim), "the weight is (input_dim, output_dim)");
      if (s.in(0).hasRank()) {
        s.out(0, s.in(0).insert(s.in(0).rank(), outputDim), "one row for each element");
      }
      s.dtype(0, s.dtype(1));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(Ops.call(new Lookups.Take(0, Pick.Mode.CLIP), e.in(1), e.in(0)));
    }
  }

  /**
   * Places parts in a tensor of zeros: the inverse of {@link Lookups.GatherNd}. Parts with equal
   * indices are added.
   */
  record ScatterNd(List<Long> shape) implements Indexing {
    static final OpSchema<ScatterNd> SCHEMA =
        define(new ScatterNd(List.of()), "scatter_nd")
            .inputs("data", "indices")
            .onnx("ScatterND")
            .required("shape")
            .sample(
                new ScatterNd(List.of(4L, 2L)),
                new SampleInput(TensorType.float32(3, 2), -2, 2),
                new SampleInput(TensorType.float32(1, 3), 0, 3.99));

    public ScatterNd {
      shape = List.copyOf(shape);
    }

    private Shape result() {
      return Shape.of(shape.stream().mapToLong(d -> d).toArray());
    }

    @Override
    public void infer(Infer s) {
      if (shape.stream().anyMatch(d -> d < 0)) {
        throw s.error("shape " + shape, "extents are 0 or more", "state the shape of the result");
      }
      s.out(0, result(), "the shape is an attribute");
      Shape indices = s.in(1);
      if (indices.isKnown()) {
        if (indices.rank() < 1 || indices.dim(0) < 1 || indices.dim(0) > shape.size()) {
          throw s.error(
              "indices of shape " + indices + " into " + result(),
              "their first axis has one number for each leading axis of the result",
              "pass indices (axes, …) with 1 to " + shape.size() + " axes");
        }
        int axes = Math.toIntExact(indices.dim(0));
        s.in(
            0,
            Shape.of(
                LongStream.concat(
                        Arrays.stream(indices.dims()).skip(1),
                        Arrays.stream(result().dims()).skip(axes))
                    .toArray()),
            "data has a part of the result for each index");
        if (result().sizeTo(axes) == 0 && indices.sizeFrom(1) > 0) {
          throw s.error(
              "indices into a result of shape " + result(),
              "it has no elements along the axes that they name",
              "use extents of 1 or more");
        }
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new Lookups.GatherNd(), g.dy(), g.in(1)));
      g.none(1, "the result is piecewise constant in the indices");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape result = result();
      int m = Math.toIntExact(e.shape(1).dim(0));
      long columns = e.shape(1).sizeFrom(1);
      Tensor parts = e.in(0).reshapeTo(Shape.of(1, columns, result.sizeFrom(m)));
      Tensor positions = Lookups.rowMajor(e.in(1), result);
      return List.of(
          Ops.call(new ScatterAdd(result.sizeTo(m), Bounds.CLIP), parts, positions)
              .reshapeTo(result));
    }
  }

  /** {@code old} with the rows that {@code index} names replaced by those of {@code new}. */
  record IndexCopy() implements Indexing {
    static final OpSchema<IndexCopy> SCHEMA =
        define(new IndexCopy(), "_contrib_index_copy")
            .inputs("old_tensor", "index_vector", "new_tensor")
            .sample(
                new IndexCopy(),
                new SampleInput(TensorType.float32(5, 2), -2, 2),
                new SampleInput(new TensorType(Shape.of(2), DType.INT64), 0, 4.99),
                new SampleInput(TensorType.float32(2, 2), -2, 2));

    @Override
    public void infer(Infer s) {
      Shape old = s.in(0);
      s.out(0, old, "rows are replaced, none is added");
      s.in(1, Shape.of(Shape.UNKNOWN), "the index has one axis");
      if (old.hasRank()) {
        s.in(2, old.with(0, s.in(1).dim(0)), "there is one new row for each index");
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape old = e.shape(0);
      if (e.shape(1).dim(0) == 0) {
        return List.of(Ops.call(new UnaryMath.Copy(), e.in(0)));
      }
      long[] column = new long[old.rank()];
      java.util.Arrays.fill(column, 1);
      column[0] = old.dim(0);
      Tensor last = Ops.call(new LastWriter(old.dim(0)), e.in(1));
      Tensor fresh = Ops.call(new Lookups.Take(0, Pick.Mode.CLIP), e.in(2), last);
      Scalar replaced = Scalar.arg(0).with(Fn2.GE, Scalar.of(0));
      Tensor mask = Fused.of(replaced, List.of(last)).cast(e.in(0).dtype());
      Scalar chosen = Scalar.arg(2).choose(Scalar.arg(1), Scalar.arg(0));
      return List.of(Fused.of(chosen, List.of(e.in(0), fresh, mask.reshapeTo(Shape.of(column)))));
    }
  }

  /** For each of some rows the position of the last index that names it; -1 for none. int64. */
  record LastWriter(long rows) implements Op.Structural {
    static final OpSchema<LastWriter> SCHEMA =
        OpSchema.internal(new LastWriter(1), "_last_writer")
            .inputs("index")
            .sample(
                new LastWriter(3), new SampleInput(new TensorType(Shape.of(5), DType.INT32), 0, 4));

    @Override
    public void infer(Infer s) {
      s.out(0, Shape.of(rows), "the number of rows is an attribute");
      s.dtype(0, DType.INT64);
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "positions are piecewise constant in the index");
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Scalar named = Scalar.arg(0).map(Fn.TRUNC).with(Fn2.EQ, new Scalar.Iota(0));
      return List.of(
          new LoopNest(
              List.of(rows),
              List.of(in.getFirst().shape().size()),
              List.of(new LoopNest.Access(0, in.getFirst().dtype(), 0, List.of(0L, 1L))),
              List.of(
                  new LoopNest.Store(
                      new LoopNest.Access(0, DType.INT64, 0, List.of(1L, 0L)),
                      named.choose(new Scalar.Iota(1), Scalar.of(-1)),
                      Scalar.arg(0).with(Fn2.MAX, Scalar.of(-1)))),
              LoopNest.Reduction.MAX));
    }
  }
}
