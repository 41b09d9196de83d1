package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Slicing.Range;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Widens axes. {@code padWidth} holds, for each axis, the elements added before and after.
 *
 * @param mode what the new elements are
 */
public record Pad(Mode mode, List<Long> padWidth, double constantValue) implements Op.Composite {
  /** What the new elements are. */
  public enum Mode {
    CONSTANT,
    /** The element at the edge. */
    EDGE,
    /** The mirror image, in which the edge does not occur again. */
    REFLECT
  }

  static final OpSchema<Pad> SCHEMA =
      define(new Pad(Mode.CONSTANT, List.of(), 0), "Pad", "pad")
          .inputs("data")
          .onnx("Pad")
          .required("mode", "pad_width")
          .sample(new Pad(Mode.CONSTANT, List.of(0L, 0L, 1L, 2L), 3), Shape.of(2, 3))
          .sample(new Pad(Mode.EDGE, List.of(2L, 1L, 0L, 2L), 0), Shape.of(2, 3))
          .sample(new Pad(Mode.REFLECT, List.of(1L, 0L, 2L, 1L), 0), Shape.of(2, 3));

  public Pad {
    padWidth = List.copyOf(padWidth);
  }

  private long before(int axis) {
    return padWidth.get(2 * axis);
  }

  private long after(int axis) {
    return padWidth.get(2 * axis + 1);
  }

  private Shape result(Shape data) {
    Shape out = data;
    for (int i = 0; i < data.rank(); i++) {
      out = out.with(i, before(i) + data.dim(i) + after(i));
    }
    return out;
  }

  @Override
  public void infer(Infer s) {
    Shape data = s.in(0);
    if (!data.isKnown()) {
      return;
    }
    if (padWidth.size() != 2 * data.rank() || padWidth.stream().anyMatch(w -> w < 0)) {
      throw s.error(
          "pad_width " + padWidth + " for data of rank " + data.rank(),
          "there are two widths for each axis, before and after, none of them negative",
          "give " + 2 * data.rank() + " widths");
    }
    for (int i = 0; i < data.rank(); i++) {
      long most = Math.max(before(i), after(i));
      long source = mode == Mode.REFLECT ? data.dim(i) - 1 : data.dim(i);
      if (mode != Mode.CONSTANT
          && most > 0
          && (source < 1 || (mode == Mode.REFLECT && most > source))) {
        throw s.error(
            "axis " + i + " of " + data.dim(i) + " elements cannot be widened by " + most,
            "new elements are copies of others, and reflection reaches no further than the data",
            "pad less, or with a constant");
      }
    }
    s.out(0, result(data), "each axis is widened by its two widths");
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape data = e.shape(0);
    if (mode == Mode.CONSTANT) {
      var part = new ArrayList<Range>();
      for (int i = 0; i < data.rank(); i++) {
        part.add(new Range(before(i), 1, data.dim(i)));
      }
      Op filled = new Creation.Filled(result(data), e.in(0).dtype(), Scalar.of(constantValue));
      return List.of(Ops.call(new SliceAssign.Replace(part), Ops.call(filled, e.in(0)), e.in(0)));
    }
    Tensor x = e.in(0);
    for (int i = 0; i < data.rank(); i++) {
      var parts = new ArrayList<Tensor>();
      if (before(i) > 0) {
        parts.add(border(x, i, before(i), true));
      }
      parts.add(x);
      if (after(i) > 0) {
        parts.add(border(x, i, after(i), false));
      }
      if (parts.size() > 1) {
        x = Ops.call(new Concat(i), parts.toArray(Tensor[]::new));
      }
    }
    return List.of(x);
  }

  /** The new elements at one end of an axis. */
  private Tensor border(Tensor x, int axis, long width, boolean front) {
    Shape shape = x.shape();
    long last = shape.dim(axis) - 1;
    if (mode == Mode.EDGE) {
      Tensor edge = part(x, axis, new Range(front ? 0 : last, 1, 1));
      return BroadcastTo.exactly(shape.with(axis, width), edge);
    }
    return part(x, axis, new Range(front ? width : last - 1, -1, width));
  }

  private static Tensor part(Tensor x, int axis, Range range) {
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < x.shape().rank(); i++) {
      ranges.add(i == axis ? range : new Range(0, 1, x.shape().dim(i)));
    }
    return Ops.call(new Slicing.Part(ranges), x);
  }
}
