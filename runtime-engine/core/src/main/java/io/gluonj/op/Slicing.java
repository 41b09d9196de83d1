package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/** Rectangular parts of a tensor, with steps. */
public sealed interface Slicing extends Op.Structural {
  /** Elements {@code begin} to {@code end} (exclusive) of one axis. */
  static Op axis(int axis, long begin, long end) {
    return new SliceAxis(axis, begin, Optional.of(end));
  }

  /**
   * What a slice takes along one axis: {@code count} elements from {@code start} in steps of {@code
   * step}.
   */
  record Range(long start, long step, long count) {
    /** Whether all elements it takes are there. */
    private boolean within(long extent) {
      return count == 0
          || (count > 0
              && start >= 0
              && start < extent
              && (count == 1
                  || (Math.abs(step) <= extent
                      && count <= extent
                      && start + step * (count - 1) >= 0
                      && start + step * (count - 1) < extent)));
    }

    /** Resolves Python's begin:end:step for an extent. */
    static Range of(Optional<Long> begin, Optional<Long> end, long step, long extent) {
      long first = begin.map(b -> b < 0 ? b + extent : b).orElse(step > 0 ? 0 : extent - 1);
      long last = end.map(e -> e < 0 ? e + extent : e).orElse(step > 0 ? extent : -1);
      long low = Math.clamp(first, step > 0 ? 0 : -1, step > 0 ? extent : extent - 1);
      long high = Math.clamp(last, step > 0 ? 0 : -1, step > 0 ? extent : extent - 1);
      long span = step > 0 ? high - low : low - high;
      // A step beyond the extent takes the first element alone, as one of the extent does.
      long stride = Math.clamp(step, -Math.max(extent, 1), Math.max(extent, 1));
      long width = Math.abs(stride);
      return new Range(low, stride, Math.max(0, (span + width - 1) / width));
    }
  }

  /** Refuses ranges that do not lie in a known shape. */
  static void requireWithin(List<Range> part, Shape whole, Infer s) {
    boolean within = part.size() == whole.rank();
    for (int i = 0; within && i < whole.rank(); i++) {
      within = part.get(i).within(whole.dim(i));
    }
    if (!within) {
      throw s.error(
          "the part " + part + " of " + whole,
          "it has one range for each axis, and takes elements that are there",
          "take less");
    }
  }

  /** The range taken along each axis of a known shape. */
  List<Range> ranges(Shape shape);

  @Override
  default void infer(Infer s) {
    if (!s.in(0).isKnown()) {
      return;
    }
    Shape in = s.in(0);
    List<Range> ranges = ranges(in);
    requireWithin(ranges, in, s);
    s.out(
        0,
        Shape.of(ranges.stream().mapToLong(Range::count).toArray()),
        "the slice has this many elements along each axis");
  }

  @Override
  default void vjp(Vjp g) {
    Shape shape = g.in(0).shape();
    g.grad(0, () -> Ops.call(new IntoZeros(ranges(shape), shape), g.dy()));
  }

  @Override
  default List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    Placement at = Placement.of(ranges(in.getFirst().shape()), in.getFirst().shape());
    return List.of(Nests.gather(in.getFirst(), out.getFirst(), at.offset(), at.strides()));
  }

  /** Where the elements of a slice lie in the whole tensor. */
  record Placement(long offset, List<Long> strides) {
    static Placement of(List<Range> ranges, Shape whole) {
      long[] strides = whole.strides();
      long offset = 0;
      for (int i = 0; i < strides.length; i++) {
        offset += ranges.get(i).start() * strides[i];
        strides[i] *= ranges.get(i).step();
      }
      return new Placement(offset, Nests.list(strides));
    }
  }

  /** Elements {@code begin} (inclusive) to {@code end} (exclusive) of one axis. */
  record SliceAxis(int axis, long begin, Optional<Long> end) implements Slicing {
    static final OpSchema<SliceAxis> SCHEMA =
        define(new SliceAxis(0, 0, Optional.empty()), "slice_axis")
            .inputs("data")
            .method("sliceAxis", "axis", "begin", "end")
            .onnx("Slice")
            .required("axis", "begin", "end")
            .sample(new SliceAxis(1, 1, Optional.of(3L)), Shape.of(2, 4))
            .sample(new SliceAxis(-1, -2, Optional.empty()), Shape.of(2, 4));

    @Override
    public List<Range> ranges(Shape shape) {
      int at = shape.axis(axis);
      return java.util.stream.IntStream.range(0, shape.rank())
          .mapToObj(i ->
              i == at
                  ? Range.of(Optional.of(begin), end, 1, shape.dim(i))
                  : new Range(0, 1, shape.dim(i)))
          .toList();
    }
  }

  /** Part of the leading axes; None takes an axis from its start or to its end. */
  record Slice(List<Optional<Long>> begin, List<Optional<Long>> end, List<Optional<Long>> step)
      implements Slicing {
    static final OpSchema<Slice> SCHEMA =
        define(new Slice(List.of(), List.of(), List.of()), "slice")
            .inputs("data")
            .onnx("Slice")
            .required("begin", "end")
            .sample(
                new Slice(
                    List.of(Optional.of(1L), Optional.empty()),
                    List.of(Optional.of(3L), Optional.empty()),
                    List.of(Optional.of(1L), Optional.of(-2L))),
                Shape.of(4, 5));

    public Slice {
      begin = List.copyOf(begin);
      end = List.copyOf(end);
      step = List.copyOf(step);
    }

    @Override
    public void infer(Infer s) {
      check(s, s.in(0));
      Slicing.super.infer(s);
    }

    /** Refuses numbers that say nothing about the axes there are. */
    void check(Infer s, Shape whole) {
      boolean paired = begin.size() == end.size();
      boolean stepped = step.isEmpty() || step.size() == begin.size();
      boolean fits = !whole.hasRank() || begin.size() <= whole.rank();
      if (!paired || !stepped || !fits || step.contains(Optional.of(0L))) {
        throw s.error(
            "begin " + begin + ", end " + end + ", step " + step,
            "each has one number for each leading axis, or None; a step is not 0",
            "give begin and end as many numbers, and step as many or none");
      }
    }

    @Override
    public List<Range> ranges(Shape shape) {
      return java.util.stream.IntStream.range(0, shape.rank())
          .mapToObj(i -> Range.of(at(begin, i), at(end, i), at(step, i).orElse(1L), shape.dim(i)))
          .toList();
    }

    private static Optional<Long> at(List<Optional<Long>> values, int i) {
      return i < values.size() ? values.get(i) : Optional.empty();
    }
  }

  /** The gradient of slicing: zeros with the given part filled. */
  record IntoZeros(List<Range> part, Shape shape) implements Op.Structural {
    static final OpSchema<IntoZeros> SCHEMA =
        OpSchema.internal(new IntoZeros(List.of(), Shape.scalar()), "_into_zeros")
            .inputs("data")
            .sample(
                new IntoZeros(List.of(new Range(1, 2, 2), new Range(0, 1, 3)), Shape.of(4, 3)),
                Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      requireWithin(part, shape, s);
      s.in(
          0,
          Shape.of(part.stream().mapToLong(Range::count).toArray()),
          "the part has this many elements along each axis");
      s.out(0, shape, "the shape is an attribute");
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new Part(part), g.dy()));
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Placement at = Placement.of(part, shape);
      return List.of(
          Nests.fill(out.getFirst(), 0),
          Nests.scatter(0, in.getFirst(), out.getFirst(), at.offset(), at.strides()));
    }
  }

  /** A part given by its ranges. */
  record Part(List<Range> part) implements Slicing {
    static final OpSchema<Part> SCHEMA =
        OpSchema.internal(new Part(List.of()), "_part")
            .inputs("data")
            .sample(new Part(List.of(new Range(1, 2, 2), new Range(0, 1, 3))), Shape.of(4, 3));

    @Override
    public List<Range> ranges(Shape shape) {
      return part;
    }
  }
}
