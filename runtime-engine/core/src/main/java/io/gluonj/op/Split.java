package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Cuts a tensor into several along an axis; {@code squeezeAxis} drops the axis of extent 1. */
public sealed interface Split extends Op.Composite {
  int axis();

  boolean squeezeAxis();

  /** Where the parts begin, for an extent, and last of all where they end. */
  List<Long> bounds(long extent);

  @Override
  default int visibleOutputs() {
    return outputs();
  }

  @Override
  default void infer(Infer s) {
    Shape in = s.in(0);
    if (!in.hasRank() || in.dim(axis()) == Shape.UNKNOWN) {
      return;
    }
    List<Long> bounds = bounds(in.dim(axis()));
    for (int k = 0; k < outputs(); k++) {
      long count = bounds.get(k + 1) - bounds.get(k);
      if (count < 0 || bounds.get(k + 1) > in.dim(axis()) || (squeezeAxis() && count != 1)) {
        throw s.error(
            "part " + k + " would have " + count + " of " + in.dim(axis()) + " elements",
            "parts follow one another along the axis, with one element each if it is squeezed",
            "choose bounds in order, or other parts");
      }
      s.out(
          k,
          squeezeAxis() ? in.remove(axis()) : in.with(axis(), count),
          "the parts follow one another along the axis");
    }
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    Shape in = e.shape(0);
    List<Long> bounds = bounds(in.dim(axis()));
    var parts = new ArrayList<Tensor>();
    for (int k = 0; k < outputs(); k++) {
      Tensor part = e.in(0).sliceAxis(axis(), bounds.get(k), bounds.get(k + 1));
      parts.add(squeezeAxis() ? part.reshapeTo(in.remove(axis())) : part);
    }
    return parts;
  }

  /** The parts' gradients, joined: one pass instead of a sum of parts among zeros. */
  private void join(Vjp g) {
    Shape in = g.in(0).shape();
    List<Long> bounds = bounds(in.dim(axis()));
    g.grad(
        0,
        () -> {
          var parts = new ArrayList<Tensor>();
          for (int k = 0; k < outputs(); k++) {
            parts.add(g.dy(k).reshapeTo(in.with(axis(), bounds.get(k + 1) - bounds.get(k))));
          }
          return Ops.call(new Concat(axis()), parts.toArray(Tensor[]::new));
        });
  }

  /** Parts of equal extent. */
  record SliceChannel(int numOutputs, int axis, boolean squeezeAxis) implements Split {
    static final OpSchema<SliceChannel> SCHEMA =
        define(new SliceChannel(1, 1, false), "SliceChannel", "split")
            .inputs("data")
            .onnx("Split")
            .function("split")
            .required("num_outputs")
            .sample(new SliceChannel(2, 1, false), Shape.of(2, 4))
            .sample(new SliceChannel(3, -2, true), Shape.of(2, 3, 2));

    @Override
    public int outputs() {
      return numOutputs;
    }

    @Override
    public void infer(Infer s) {
      long extent = s.in(0).hasRank() ? s.in(0).dim(axis) : Shape.UNKNOWN;
      if (numOutputs < 1 || (extent != Shape.UNKNOWN && extent % numOutputs != 0)) {
        throw s.error(
            extent + " elements cannot be cut into " + numOutputs + " equal parts",
            "num_outputs divides the extent of axis " + axis,
            "choose a divisor, or cut at positions with _split_v2");
      }
      Split.super.infer(s);
    }

    @Override
    public List<Long> bounds(long extent) {
      var bounds = new ArrayList<Long>();
      for (long k = 0; k <= numOutputs; k++) {
        bounds.add(k * (extent / numOutputs));
      }
      return bounds;
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      ((Split) this).join(g);
    }
  }

  /**
   * Parts that begin at the given positions (the first of them usually 0), or {@code sections}
   * parts of equal extent.
   */
  record SplitV2(List<Long> indices, int axis, boolean squeezeAxis, int sections) implements Split {
    static final OpSchema<SplitV2> SCHEMA =
        define(new SplitV2(List.of(), 1, false, 0), "_split_v2")
            .inputs("data")
            .onnx("Split")
            .required("indices")
            .sample(new SplitV2(List.of(0L, 1L, 3L), 1, false, 0), Shape.of(2, 5))
            .sample(new SplitV2(List.of(1L, 2L), 0, true, 0), Shape.of(3, 2))
            .sample(new SplitV2(List.of(), 0, false, 2), Shape.of(4, 2));

    public SplitV2 {
      indices = List.copyOf(indices);
    }

    @Override
    public int outputs() {
      return sections > 0 ? sections : indices.size();
    }

    /** Where the parts leave out the beginning, their gradients joined would be too short. */
    @Override
    public boolean ownGradient() {
      return sections > 0 || (!indices.isEmpty() && indices.getFirst() == 0);
    }

    @Override
    public void vjp(Vjp g) {
      ((Split) this).join(g);
    }

    @Override
    public void infer(Infer s) {
      if (sections > 0) {
        new SliceChannel(sections, axis, squeezeAxis).infer(s);
      } else {
        Split.super.infer(s);
      }
    }

    @Override
    public List<Long> bounds(long extent) {
      if (sections > 0) {
        return new SliceChannel(sections, axis, squeezeAxis).bounds(extent);
      }
      var bounds = new ArrayList<>(indices);
      bounds.add(extent);
      return bounds;
    }
  }
}
