package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.GpuScatter;
import io.gluonj.op.ArgSort;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Pick;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.ScatterAdd;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.util.List;

/** Adding to rows by index, and the order of rows' elements. */
final class RowKernels {
  /** Beyond so many slices each launch costs more than visiting every index for every row. */
  private static final long SLICES = 64;

  /** Ranks are counted by comparing all with all: 2^34 comparisons for a row of this length. */
  private static final long LONGEST_ROW = 1L << 17;

  private final CudaCompiler compiler;

  RowKernels(CudaCompiler compiler) {
    this.compiler = compiler;
  }

  /** Adds a {@link ScatterAdd}; places are those of values, index and result. */
  void scatter(
      KernelSteps steps, ScatterAdd op, TensorType values, DType index, List<Place> places) {
    long outer = values.shape().dim(0);
    long n = values.shape().dim(1);
    long inner = values.shape().dim(2);
    DType type = values.dtype();
    if (op.bounds() == Bounds.ZERO || outer > SLICES) {
      steps.add(compiler.loops(scatter(op, values, index), 2), places);
      return;
    }
    CudaKernel slice =
        compiler.kernel(
            GpuScatter.add(
                new GpuScatter.Rows(
                    op.rows(),
                    inner,
                    n,
                    op.bounds() == Bounds.CLIP ? Pick.Mode.CLIP : Pick.Mode.WRAP,
                    type,
                    index)));
    for (long o = 0; o < outer; o++) {
      steps.add(
          slice,
          List.of(
              places.get(1),
              moved(places.get(0), o * n * inner * type.bytes()),
              moved(places.get(2), o * op.rows() * inner * type.bytes())));
    }
  }

  private static Place moved(Place place, long bytes) {
    return new Place(place.operand(), place.offset() + bytes);
  }

  /** Each element of the result visits all indices, in order. */
  static LoopNest scatter(ScatterAdd op, TensorType values, DType index) {
    long n = values.shape().dim(1);
    long inner = values.shape().dim(2);
    Scalar whole = Scalar.arg(1).map(Fn.TRUNC);
    Scalar row =
        switch (op.bounds()) {
          case CLIP -> whole.with(Fn2.MAX, Scalar.of(0)).with(Fn2.MIN, Scalar.of(op.rows() - 1.0));
          case WRAP -> whole.with(Fn2.MOD, Scalar.of((double) op.rows()));
          case ZERO -> whole;
        };
    return new LoopNest(
        List.of(values.shape().dim(0), op.rows(), inner),
        List.of(n),
        List.of(
            new Access(0, values.dtype(), 0, List.of(n * inner, 0L, 1L, inner)),
            new Access(1, index, 0, List.of(0L, 0L, 0L, 1L))),
        List.of(
            new Store(
                new Access(0, values.dtype(), 0, List.of(op.rows() * inner, inner, 1L, 0L)),
                row.with(Fn2.EQ, new Scalar.Iota(1)).choose(Scalar.arg(0), Scalar.of(0)),
                Scalar.arg(0))),
        Reduction.SUM);
  }

  /**
   * Adds an {@link ArgSort}: the rank of each element is the number of those before it, and each
   * position then looks for the element of its rank.
   */
  void sort(KernelSteps steps, ArgSort op, TensorType data, List<Place> places) {
    long rows = data.shape().dim(0);
    long n = data.shape().dim(1);
    if (n > LONGEST_ROW) {
      throw new UnsupportedOpException(
          "sorting rows of " + n + " elements was asked for on a GPU",
          "this version sorts rows of at most " + LONGEST_ROW + " elements there",
          "sort on Device.cpu(): x.toDevice(Device.cpu()).argsort()");
    }
    Place ranks = steps.scratch(data.shape().size() * DType.INT32.bytes());
    steps.add(compiler.loops(ranks(op, rows, n, data.dtype()), 1), List.of(places.get(0), ranks));
    steps.add(compiler.loops(positions(rows, n), 1), List.of(ranks, places.get(1)));
  }

  private static LoopNest ranks(ArgSort op, long rows, long n, DType type) {
    Scalar self = Scalar.arg(0);
    Scalar other = Scalar.arg(1);
    Scalar earlier = new Scalar.Iota(2).with(Fn2.LT, new Scalar.Iota(1));
    Scalar below = less(other, self);
    Scalar above = less(self, other);
    Scalar before =
        op.ascending()
            ? below.choose(Scalar.of(1), above.choose(Scalar.of(0), earlier))
            : above.choose(Scalar.of(1), below.choose(Scalar.of(0), earlier));
    return new LoopNest(
        List.of(rows, n),
        List.of(n),
        List.of(
            new Access(0, type, 0, List.of(n, 1L, 0L)), new Access(0, type, 0, List.of(n, 0L, 1L))),
        List.of(
            new Store(new Access(0, DType.INT32, 0, List.of(n, 1L, 0L)), before, Scalar.arg(0))),
        Reduction.SUM);
  }

  /** NaN counts as larger than everything else. */
  private static Scalar less(Scalar a, Scalar b) {
    Scalar aIsNumber = a.with(Fn2.EQ, a);
    Scalar bIsNumber = b.with(Fn2.EQ, b);
    return bIsNumber.choose(a.with(Fn2.LT, b), aIsNumber);
  }

  private static LoopNest positions(long rows, long n) {
    return new LoopNest(
        List.of(rows, n),
        List.of(n),
        List.of(new Access(0, DType.INT32, 0, List.of(n, 0L, 1L))),
        List.of(
            new Store(
                new Access(0, DType.INT64, 0, List.of(n, 1L, 0L)),
                Scalar.arg(0)
                    .with(Fn2.EQ, new Scalar.Iota(1))
                    .choose(new Scalar.Iota(2), Scalar.of(0)),
                Scalar.arg(0))),
        Reduction.SUM);
  }
}
