package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The steps of data (steps, batch, …) in reverse order, up to the length of each sequence, lengths
 * (batch); what lies behind stays in its place.
 */
record ReverseSteps() implements Op.Structural {
  static final OpSchema<ReverseSteps> SCHEMA =
      OpSchema.internal(new ReverseSteps(), "_reverse_steps")
          .inputs("data", "length")
          .sample(
              new ReverseSteps(),
              new SampleInput(TensorType.float32(4, 3), -2, 2),
              new SampleInput(TensorType.float32(3), 1, 4.99))
          .sample(
              new ReverseSteps(),
              new SampleInput(TensorType.float32(3, 2, 4), -2, 2),
              new SampleInput(new TensorType(Shape.of(2), DType.INT32), 0, 4));

  @Override
  public void infer(Infer s) {
    Shape data = s.in(0);
    s.out(0, data, "only the order changes");
    s.dtype(0, s.dtype(0));
    if (data.hasRank()) {
      s.in(1, Shape.of(data.dim(1)), "there is one length for each sequence");
    }
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(0, () -> Ops.call(this, g.dy(), g.in(1)));
    g.none(1, "the result is piecewise constant in the lengths");
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    TensorType data = in.getFirst();
    List<Long> strides = Nests.list(data.shape().strides());
    long steps = data.shape().dim(0);
    Scalar time = new Scalar.Iota(0);
    Scalar length = Scalar.arg(1).map(Scalar.Fn.TRUNC);
    Scalar source = time.with(Fn2.LT, length).choose(length.minus(time).minus(1), time);
    var rest = new ArrayList<>(strides);
    rest.set(0, 0L);
    var perSequence = new ArrayList<>(Collections.nCopies(strides.size(), 0L));
    perSequence.set(1, 1L);
    Index step = new Index(source, strides.getFirst(), Math.max(1, steps), Bounds.CLIP);
    Access store = new Access(0, data.dtype(), 0, strides);
    return List.of(
        new LoopNest(
            Nests.list(data.shape().dims()),
            List.of(),
            List.of(
                new Access(0, data.dtype(), 0, rest, List.of(step)),
                new Access(1, in.get(1).dtype(), 0, perSequence)),
            List.of(new LoopNest.Store(store, Scalar.arg(0), Scalar.arg(0))),
            LoopNest.Reduction.NONE));
  }
}
