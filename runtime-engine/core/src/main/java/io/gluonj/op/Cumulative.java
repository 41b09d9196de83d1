package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar.Fn2;
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

  /**
   * The sum of all elements up to each one, or from each one on. Every element is a sum by itself:
   * quadratic in the extent, in parallel and in the order of a loop.
   */
  record RunningSum(int axis, boolean fromHere) implements Op.Structural {
    static final OpSchema<RunningSum> SCHEMA =
        OpSchema.internal(new RunningSum(0, false), "_running_sum")
            .inputs("data")
            .sample(new RunningSum(0, false), Shape.of(3, 2))
            .sample(new RunningSum(1, true), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      s.same();
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new RunningSum(axis, !fromHere), g.dy()));
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Shape x = in.getFirst().shape();
      var load = new ArrayList<>(Nests.list(x.strides()));
      load.add(load.get(axis));
      load.set(axis, 0L);
      var store = new ArrayList<>(Nests.list(x.strides()));
      store.add(0L);
      Scalar here = new Scalar.Iota(axis);
      Scalar counts = new Scalar.Iota(x.rank()).with(fromHere ? Fn2.GE : Fn2.LE, here);
      return List.of(
          new LoopNest(
              Nests.list(x.dims()),
              List.of(x.dim(axis)),
              List.of(new Access(0, in.getFirst().dtype(), 0, load)),
              List.of(
                  new Store(
                      new Access(0, out.getFirst().dtype(), 0, store),
                      counts.choose(Scalar.arg(0), Scalar.of(0)),
                      Scalar.arg(0))),
              Reduction.SUM));
    }
  }
}
