package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Reverses each sequence of data (time, batch, …), up to its own length if lengths (batch) are
 * given; what lies behind stays.
 */
public record SequenceReverse(boolean useSequenceLength, int axis) implements Op.Structural {
  static final OpSchema<SequenceReverse> SCHEMA =
      define(new SequenceReverse(false, 0), "SequenceReverse")
          .inputs("data")
          .inputUnless(s -> !s.useSequenceLength(), "sequence_length")
          .sample(new SequenceReverse(false, 0), Shape.of(4, 2, 3))
          .sample(
              new SequenceReverse(true, 0),
              new SampleInput(TensorType.float32(4, 3), -2, 2),
              new SampleInput(TensorType.float32(3), 1, 4.99));

  @Override
  public void infer(Infer s) {
    Shape data = s.in(0);
    s.out(0, data, "only the order changes");
    s.dtype(0, s.dtype(0));
    if (!data.hasRank()) {
      return;
    }
    if (axis != 0 || data.rank() < 2) {
      throw s.error(
          "axis " + axis + " of " + data,
          "time is axis 0 and the batch is axis 1",
          "transpose the data to (time, batch, ...)");
    }
    if (useSequenceLength) {
      s.in(1, Shape.of(data.dim(1)), "there is one length for each sequence");
    }
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(
        0,
        () ->
            useSequenceLength ? Ops.call(this, g.dy(), g.in(1)) : Ops.call(this, g.dy()));
    if (useSequenceLength) {
      g.none(1, "the result is piecewise constant in the lengths");
    }
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    TensorType data = in.getFirst();
    List<Long> strides = Nests.list(data.shape().strides());
    long steps = data.shape().dim(0);
    Scalar time = new Scalar.Iota(0);
    Scalar length =
        useSequenceLength ? Scalar.arg(1).map(Scalar.Fn.TRUNC) : Scalar.of((double) steps);
    Scalar source = time.with(Fn2.LT, length).choose(length.minus(time).minus(1), time);
    var rest = new ArrayList<>(strides);
    rest.set(0, 0L);
    var loads = new ArrayList<Access>();
    loads.add(
        new Access(
            0,
            data.dtype(),
            0,
            rest,
            List.of(new Index(source, strides.getFirst(), Math.max(1, steps), Bounds.CLIP))));
    if (useSequenceLength) {
      var perSequence = new ArrayList<Long>();
      for (int i = 0; i < strides.size(); i++) {
        perSequence.add(i == 1 ? 1L : 0L);
      }
      loads.add(new Access(1, in.get(1).dtype(), 0, perSequence));
    }
    Access store = new Access(0, data.dtype(), 0, strides);
    return List.of(
        new LoopNest(
            Nests.list(data.shape().dims()),
            List.of(),
            loads,
            List.of(new LoopNest.Store(store, Scalar.arg(0), Scalar.arg(0))),
            LoopNest.Reduction.NONE));
  }
}
