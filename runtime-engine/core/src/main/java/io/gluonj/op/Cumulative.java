package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Slicing.Range;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums of all elements up to each one, along an axis or over all elements as one. */
public record Cumulative(Optional<Integer> axis, Optional<DType> dtype) implements Op.Composite {
  static final OpSchema<Cumulative> SCHEMA =
      define(new Cumulative(Optional.empty(), Optional.empty()), "cumsum", "_np_cumsum")
          .inputs("a")
          .onnx("CumSum")
          .sample(new Cumulative(Optional.of(1), Optional.empty()), Shape.of(2, 4))
          .sample(new Cumulative(Optional.empty(), Optional.empty()), Shape.of(2, 3));

  @Override
  public void infer(Infer s) {
    if (axis.isPresent()) {
      s.same();
      if (s.in(0).hasRank()) {
        s.in(0).axis(axis.get());
      }
    } else if (s.in(0).isKnown()) {
      s.out(0, Shape.of(s.in(0).size()), "all elements are taken in a row");
    }
    dtype.ifPresent(type -> s.dtype(0, type));
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = dtype.map(type -> e.in(0).cast(type)).orElse(e.in(0));
    Tensor row = axis.isPresent() ? x : x.reshapeTo(Shape.of(e.shape(0).size()));
    int at = row.shape().axis(axis.orElse(0));
    return List.of(Ops.call(new RunningSum(at, false), row));
  }

  private static void requireAxis(Infer s, int axis) {
    if (axis < 0 || (s.in(0).hasRank() && axis >= s.in(0).rank())) {
      throw s.error("axis " + axis, "it is an axis of the input", "count it from 0");
    }
  }

  /**
   * The sum of all elements up to each one, or from each one on. A long axis with little beside it
   * is cut into blocks, which are summed at once; then the sums of the blocks are, and added.
   */
  record RunningSum(int axis, boolean fromHere) implements Op.Composite {
    private static final long LONG = 1024;

    private static final long BUSY_ROWS = 4096;

    static final OpSchema<RunningSum> SCHEMA =
        OpSchema.internal(new RunningSum(0, false), "_running_sum")
            .inputs("data")
            .sample(new RunningSum(1, true), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      s.same();
      requireAxis(s, axis);
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new RunningSum(axis, !fromHere), g.dy()));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      long n = x.dim(axis);
      boolean cut = n >= LONG && x.size() / n < BUSY_ROWS;
      return List.of(cut ? inBlocks(e.in(0), n) : Ops.call(new Scan(axis, fromHere), e.in(0)));
    }

    private Tensor inBlocks(Tensor x, long n) {
      long length = Long.highestOneBit((long) Math.sqrt((double) n));
      long blocks = Math.ceilDiv(n, length);
      Shape padded = x.shape().with(axis, blocks * length);
      Shape cut = x.shape().with(axis, blocks).insert(axis + 1, length);
      Tensor parts = place(x, 0, padded).reshapeTo(cut);
      Tensor within = Ops.call(new Scan(axis + 1, fromHere), parts);
      long whole = fromHere ? 0 : length - 1;
      Tensor sums = within.sliceAxis(axis + 1, whole, whole + 1);
      Tensor before = Ops.call(new RunningSum(axis, fromHere), sums);
      Tensor others =
          fromHere
              ? place(before.sliceAxis(axis, 1, blocks), 0, sums.shape())
              : place(before.sliceAxis(axis, 0, blocks - 1), 1, sums.shape());
      Tensor all = within.add(others).reshapeTo(padded);
      return blocks * length == n ? all : all.sliceAxis(axis, 0, n);
    }

    /** A tensor within zeros, from a position of the axis on. */
    private Tensor place(Tensor x, long from, Shape whole) {
      if (x.shape().equals(whole)) {
        return x;
      }
      var part = new ArrayList<Range>();
      for (int i = 0; i < whole.rank(); i++) {
        part.add(new Range(i == axis ? from : 0, 1, x.shape().dim(i)));
      }
      return Ops.call(new Slicing.IntoZeros(part, whole), x);
    }
  }

  /** Sums step by step along an axis: from its start, or from its end. */
  record Scan(int axis, boolean fromEnd) implements Op.Structural {
    static final OpSchema<Scan> SCHEMA =
        OpSchema.internal(new Scan(0, false), "_scan")
            .inputs("data")
            .sample(new Scan(0, false), Shape.of(3, 2))
            .sample(new Scan(1, true), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      s.same();
      requireAxis(s, axis);
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new Scan(axis, !fromEnd), g.dy()));
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Shape x = in.getFirst().shape();
      var parallel = new ArrayList<>(Nests.list(x.dims()));
      long extent = parallel.remove(axis);
      var strides = new ArrayList<>(Nests.list(x.strides()));
      long step = strides.remove(axis);
      long start = fromEnd ? Math.max(0, extent - 1) * step : 0;
      strides.add(fromEnd ? -step : step);
      return List.of(
          new LoopNest(
              parallel,
              List.of(extent),
              List.of(new Access(0, in.getFirst().dtype(), start, strides)),
              List.of(
                  new Store(
                      new Access(0, out.getFirst().dtype(), start, strides),
                      Scalar.arg(0),
                      Scalar.arg(0))),
              Reduction.SUM));
    }
  }
}
