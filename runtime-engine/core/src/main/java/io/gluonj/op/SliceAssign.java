package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Slicing.Placement;
import io.gluonj.op.Slicing.Range;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/** A tensor of which a rectangular part is replaced. */
public sealed interface SliceAssign extends Op.Composite {
  private static List<Range> ranges(
      List<Optional<Long>> begin,
      List<Optional<Long>> end,
      List<Optional<Long>> step,
      Shape whole) {
    return new Slicing.Slice(begin, end, step).ranges(whole);
  }

  private static Shape shape(List<Range> part) {
    return Shape.of(part.stream().mapToLong(Range::count).toArray());
  }

  /** By another tensor. */
  record ByTensor(List<Optional<Long>> begin, List<Optional<Long>> end, List<Optional<Long>> step)
      implements SliceAssign {
    static final OpSchema<ByTensor> SCHEMA =
        define(new ByTensor(List.of(), List.of(), List.of()), "_slice_assign", "_crop_assign")
            .inputs("lhs", "rhs")
            .required("begin", "end")
            .sample(
                new ByTensor(
                    List.of(Optional.of(0L), Optional.of(3L)),
                    List.of(Optional.of(2L), Optional.empty()),
                    List.of(Optional.of(1L), Optional.of(-2L))),
                Shape.of(3, 4),
                Shape.of(2, 2));

    @Override
    public void infer(Infer s) {
      s.same();
      new Slicing.Slice(begin, end, step).check(s, s.in(0));
      if (s.in(0).isKnown()) {
        s.in(1, shape(ranges(begin, end, step, s.in(0))), "rhs fills the part exactly");
      }
      s.dtype(0, s.dtype(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Op replace = new Replace(ranges(begin, end, step, e.shape(0)));
      return List.of(Ops.call(replace, e.in(0), e.in(1)));
    }
  }

  /** By one number. */
  record ByScalar(
      double scalar,
      List<Optional<Long>> begin,
      List<Optional<Long>> end,
      List<Optional<Long>> step)
      implements SliceAssign {
    static final OpSchema<ByScalar> SCHEMA =
        define(
                new ByScalar(0, List.of(), List.of(), List.of()),
                "_slice_assign_scalar",
                "_crop_assign_scalar")
            .inputs("data")
            .required("begin", "end")
            .sample(
                new ByScalar(7, List.of(Optional.of(1L)), List.of(Optional.of(3L)), List.of()),
                Shape.of(3, 4));

    @Override
    public void infer(Infer s) {
      s.same();
      new Slicing.Slice(begin, end, step).check(s, s.in(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      List<Range> part = ranges(begin, end, step, e.shape(0));
      Op filled = new Creation.Filled(shape(part), e.in(0).dtype(), Scalar.of(scalar));
      return List.of(Ops.call(new Replace(part), e.in(0), Ops.call(filled, e.in(0))));
    }
  }

  /** The first input, of which the given part is taken from the second. */
  record Replace(List<Range> part) implements Op.Structural {
    static final OpSchema<Replace> SCHEMA =
        OpSchema.internal(new Replace(List.of()), "_replace")
            .inputs("whole", "part")
            .sample(
                new Replace(List.of(new Range(1, 2, 2), new Range(0, 1, 3))),
                Shape.of(4, 3),
                Shape.of(2, 3));

    public Replace {
      part = List.copyOf(part);
    }

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).isKnown()) {
        Slicing.requireWithin(part, s.in(0), s);
      }
      s.in(1, shape(part), "the part has this many elements along each axis");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(this, g.dy(), g.in(1).zerosLike()));
      g.grad(1, () -> Ops.call(new Slicing.Part(part), g.dy()));
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Placement at = Placement.of(part, out.getFirst().shape());
      return List.of(
          Nests.copy(in.getFirst(), out.getFirst()),
          Nests.scatter(1, in.get(1), out.getFirst(), at.offset(), at.strides()));
    }
  }
}
