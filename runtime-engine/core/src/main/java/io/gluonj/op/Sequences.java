package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * Batches of sequences of different lengths: steps along {@code axis} (0 or 1), sequences along the
 * other of the first two axes. Without {@code useSequenceLength} all steps count.
 */
public sealed interface Sequences extends Op.Composite {
  int axis();

  boolean useSequenceLength();

  /** The result's shape. */
  Shape result(Shape data);

  @Override
  default void infer(Infer s) {
    Shape data = s.in(0);
    if (!data.hasRank()) {
      return;
    }
    if (data.rank() < 2 || axis() < 0 || axis() > 1) {
      throw s.error(
          "data of rank " + data.rank() + " with steps along axis " + axis(),
          "the first two axes are steps and sequences, in either order",
          "use axis 0 for (steps, batch, …) and 1 for (batch, steps, …)");
    }
    if (useSequenceLength()) {
      s.in(1, Shape.of(data.dim(1 - axis())), "there is one length for each sequence");
    }
    s.out(0, result(data), "the shape follows from that of the data");
    s.dtype(0, s.dtype(0));
  }

  /** The lengths, shaped to broadcast to the data. */
  private Tensor lengths(Expansion e) {
    long[] wide = new long[e.shape(0).rank()];
    java.util.Arrays.fill(wide, 1);
    wide[1 - axis()] = e.shape(0).dim(1 - axis());
    return e.in(1).cast(e.in(0).dtype()).reshapeTo(Shape.of(wide));
  }

  private static SampleInput data(long... dims) {
    return new SampleInput(TensorType.float32(dims), -2, 2);
  }

  private static SampleInput lengths(long count) {
    return new SampleInput(TensorType.float32(count), 1.2, 3.9);
  }

  /** Steps beyond a sequence's length become {@code value}. */
  record SequenceMask(boolean useSequenceLength, double value, int axis) implements Sequences {
    static final OpSchema<SequenceMask> SCHEMA =
        define(new SequenceMask(false, 0, 0), "SequenceMask")
            .inputs("data")
            .inputUnless(op -> !op.useSequenceLength(), "sequence_length")
            .sample(new SequenceMask(true, -1, 0), data(4, 2, 2), lengths(2))
            .sample(new SequenceMask(true, 0, 1), data(2, 4), lengths(2))
            .sample(new SequenceMask(false, 0, 0), data(4, 2));

    @Override
    public Shape result(Shape data) {
      return data;
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      if (!useSequenceLength) {
        return List.of(e.in(0));
      }
      Scalar counts = new Scalar.Iota(axis).with(Fn2.LT, Scalar.arg(1).map(Fn.TRUNC));
      Op mask = new Fused(counts.choose(Scalar.arg(0), Scalar.of(value)), 2);
      return List.of(Ops.call(mask, e.in(0), ((Sequences) this).lengths(e)));
    }
  }

  /** The last step of each sequence. */
  record SequenceLast(boolean useSequenceLength, int axis) implements Sequences {
    static final OpSchema<SequenceLast> SCHEMA =
        define(new SequenceLast(false, 0), "SequenceLast")
            .inputs("data")
            .inputUnless(op -> !op.useSequenceLength(), "sequence_length")
            .sample(new SequenceLast(true, 0), data(4, 2, 2), lengths(2))
            .sample(new SequenceLast(true, 1), data(2, 4), lengths(2))
            .sample(new SequenceLast(false, 0), data(4, 2));

    @Override
    public Shape result(Shape data) {
      if (data.dim(axis) == 0) {
        throw new InvalidArgumentException(
            "sequences without steps", "there is no last one", "pass at least one step");
      }
      return data.remove(axis);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      if (!useSequenceLength) {
        long last = x.dim(axis) - 1;
        return List.of(e.in(0).sliceAxis(axis, last, last + 1).reshapeTo(x.remove(axis)));
      }
      Scalar last = new Scalar.Iota(axis).with(Fn2.EQ, Scalar.arg(1).map(Fn.TRUNC).minus(1));
      Op only = new Fused(last.choose(Scalar.arg(0), Scalar.of(0)), 2);
      return List.of(Ops.call(only, e.in(0), ((Sequences) this).lengths(e)).sum(axis));
    }
  }

  /** The steps of each sequence in reverse order; what lies beyond its length stays in place. */
  record SequenceReverse(boolean useSequenceLength, int axis) implements Sequences {
    static final OpSchema<SequenceReverse> SCHEMA =
        define(new SequenceReverse(false, 0), "SequenceReverse")
            .inputs("data")
            .inputUnless(op -> !op.useSequenceLength(), "sequence_length")
            .sample(new SequenceReverse(true, 0), data(4, 2, 2), lengths(2))
            .sample(new SequenceReverse(false, 0), data(4, 2));

    @Override
    public Shape result(Shape data) {
      return data;
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      if (!useSequenceLength) {
        return List.of(Ops.call(new Rearrange.Reverse(List.of(axis)), e.in(0)));
      }
      Shape x = e.shape(0);
      Tensor steps = axis == 0 ? e.in(0) : Ops.call(new Rearrange.SwapAxis(0, 1), e.in(0));
      Shape shape = steps.shape();
      Tensor rows = steps.reshapeTo(Shape.of(shape.dim(0), shape.dim(1), x.sizeFrom(2)));
      Tensor turned = Ops.call(new ReverseSteps(), rows, e.in(1)).reshapeTo(shape);
      return List.of(axis == 0 ? turned : Ops.call(new Rearrange.SwapAxis(0, 1), turned));
    }
  }
}
