package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Diagonals of matrices, and matrices with a given diagonal. */
public sealed interface Diagonal extends Op.Composite {
  /** Where diagonal {@code k} of the last two axes lies in a tensor. */
  private static Strided.Layout of(Shape matrices, long k) {
    long[] strides = matrices.strides();
    int rank = matrices.rank();
    var layout = new ArrayList<Long>();
    for (int i = 0; i < rank - 2; i++) {
      layout.add(strides[i]);
    }
    layout.add(strides[rank - 2] + strides[rank - 1]);
    return new Strided.Layout(k >= 0 ? k * strides[rank - 1] : -k * strides[rank - 2], layout);
  }

  private static long length(long rows, long columns, long k) {
    return Math.max(0, k >= 0 ? Math.min(rows, columns - k) : Math.min(rows + k, columns));
  }

  /** The last two axes replaced by their diagonal {@code k}. */
  private static Tensor extract(Tensor x, long k) {
    Shape in = x.shape();
    Shape out = in.remove(-1).with(in.rank() - 2, length(in.dim(-2), in.dim(-1), k));
    return Ops.call(new Strided.Gather(in, out, of(in, k)), x);
  }

  /** Square matrices with the last axis as their diagonal {@code k}, else zeros. */
  private static Tensor make(Tensor x, long k) {
    Shape in = x.shape();
    long size = in.dim(-1) + Math.abs(k);
    Shape out = in.with(-1, size).insert(in.rank(), size);
    return Ops.call(new Strided.Scatter(out, in, of(out, k)), x);
  }

  /**
   * Of a vector, the matrix with it as diagonal {@code k}; of anything else, diagonal {@code k} of
   * two axes, as the last axis of the result.
   */
  record Diag(long k, int axis1, int axis2) implements Diagonal {
    static final OpSchema<Diag> SCHEMA =
        define(new Diag(0, 0, 1), "diag")
            .inputs("data")
            .sample(new Diag(0, 0, 1), Shape.of(3, 4))
            .sample(new Diag(1, 0, 1), Shape.of(3))
            .sample(new Diag(-1, 0, -1), Shape.of(3, 2, 4));

    private int[] order(Shape x) {
      int a = x.axis(axis1);
      int b = x.axis(axis2);
      var order = new ArrayList<Integer>();
      for (int i = 0; i < x.rank(); i++) {
        if (i != a && i != b) {
          order.add(i);
        }
      }
      order.add(a);
      order.add(b);
      return order.stream().mapToInt(i -> i).toArray();
    }

    @Override
    public void infer(Infer s) {
      Shape x = s.in(0);
      if (!x.isKnown()) {
        return;
      }
      if (x.rank() == 0 || (x.rank() > 1 && x.axis(axis1) == x.axis(axis2))) {
        throw s.error(
            "axes " + axis1 + " and " + axis2 + " of data of rank " + x.rank(),
            "a diagonal runs along two different axes",
            "pass a vector or at least a matrix, and name two axes");
      }
      if (x.rank() == 1) {
        long size = x.dim(0) + Math.abs(k);
        s.out(0, Shape.of(size, size), "the vector is diagonal " + k + " of a square matrix");
      } else {
        int[] order = order(x);
        long[] dims = new long[x.rank() - 1];
        for (int i = 0; i < dims.length; i++) {
          dims[i] = x.dim(order[i]);
        }
        dims[dims.length - 1] = length(x.dim(axis1), x.dim(axis2), k);
        s.out(0, Shape.of(dims), "the diagonal is the last axis");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor x = e.in(0);
      return List.of(
          x.shape().rank() == 1 ? make(x, k) : extract(x.transpose(order(x.shape())), k));
    }
  }

  /** Diagonal {@code offset} of the last two axes. */
  record ExtractDiag(long offset) implements Diagonal {
    static final OpSchema<ExtractDiag> SCHEMA =
        define(new ExtractDiag(0), "_linalg_extractdiag", "linalg_extractdiag")
            .inputs("A")
            .sample(new ExtractDiag(1), Shape.of(2, 3, 3));

    @Override
    public void infer(Infer s) {
      if (s.in(0).hasRank() && s.in(0).rank() < 2) {
        throw s.error(
            "data of rank " + s.in(0).rank(),
            "the diagonals of matrices are taken, which are the last two axes",
            "pass data of rank 2 or more");
      }
      new Diag(offset, -2, -1).infer(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(extract(e.in(0), offset));
    }
  }

  /** Square matrices with the last axis as diagonal {@code offset}. */
  record MakeDiag(long offset) implements Diagonal {
    static final OpSchema<MakeDiag> SCHEMA =
        define(new MakeDiag(0), "_linalg_makediag", "linalg_makediag")
            .inputs("A")
            .sample(new MakeDiag(-1), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      if (s.in(0).isKnown()) {
        Shape in = s.in(0);
        long size = in.dim(-1) + Math.abs(offset);
        s.out(0, in.with(-1, size).insert(in.rank(), size), "the last axis becomes a diagonal");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(make(e.in(0), offset));
    }
  }

  /** Reading and writing elements that lie at regular distances. */
  sealed interface Strided extends Op.Structural {
    /** Element (i, j, …) lies at {@code offset + i*strides[0] + j*strides[1] + …}. */
    record Layout(long offset, List<Long> strides) {
      public Layout {
        strides = List.copyOf(strides);
      }
    }

    /** Elements of a tensor of shape {@code whole}, each read at most once. */
    record Gather(Shape whole, Shape part, Layout at) implements Strided {
      static final OpSchema<Gather> SCHEMA =
          OpSchema.internal(
                  new Gather(Shape.scalar(), Shape.scalar(), new Layout(0, List.of())), "_gather")
              .inputs("data")
              .sample(
                  new Gather(Shape.of(3, 3), Shape.of(2), new Layout(1, List.of(4L))),
                  Shape.of(3, 3));

      @Override
      public void infer(Infer s) {
        s.in(0, whole, "the shape is an attribute");
        s.out(0, part, "the shape is an attribute");
      }

      @Override
      public void vjp(Vjp g) {
        g.grad(0, () -> Ops.call(new Scatter(whole, part, at), g.dy()));
      }

      @Override
      public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
        return List.of(Nests.gather(in.getFirst(), out.getFirst(), at.offset(), at.strides()));
      }
    }

    /** Zeros of shape {@code whole} with elements filled in. */
    record Scatter(Shape whole, Shape part, Layout at) implements Strided {
      static final OpSchema<Scatter> SCHEMA =
          OpSchema.internal(
                  new Scatter(Shape.scalar(), Shape.scalar(), new Layout(0, List.of())), "_scatter")
              .inputs("data")
              .sample(
                  new Scatter(Shape.of(3, 3), Shape.of(2), new Layout(1, List.of(4L))),
                  Shape.of(2));

      @Override
      public void infer(Infer s) {
        s.in(0, part, "the shape is an attribute");
        s.out(0, whole, "the shape is an attribute");
      }

      @Override
      public void vjp(Vjp g) {
        g.grad(0, () -> Ops.call(new Gather(whole, part, at), g.dy()));
      }

      @Override
      public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
        return List.of(
            Nests.fill(out.getFirst(), 0),
            Nests.scatter(0, in.getFirst(), out.getFirst(), at.offset(), at.strides()));
      }
    }
  }
}
