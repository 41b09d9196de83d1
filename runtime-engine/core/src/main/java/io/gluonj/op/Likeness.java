package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Operators that bring a tensor to a shape given by another tensor or by pairs of numbers. */
public sealed interface Likeness extends Op.Composite {
  /** Repeats {@code x} along axes of extent 1 to a shape of its rank. */
  private static Tensor broadcast(Tensor x, Shape to) {
    return BroadcastTo.exactly(to, x);
  }

  /** Repeats lhs to the extents of rhs, along all axes or along pairs of axes. */
  record BroadcastLike(List<Integer> lhsAxes, List<Integer> rhsAxes) implements Likeness {
    static final OpSchema<BroadcastLike> SCHEMA =
        define(new BroadcastLike(List.of(), List.of()), "broadcast_like")
            .inputs("lhs", "rhs")
            .sample(new BroadcastLike(List.of(), List.of()), Shape.of(1, 3), Shape.of(2, 3))
            .sample(new BroadcastLike(List.of(1), List.of(0)), Shape.of(2, 1), Shape.of(3, 4));

    public BroadcastLike {
      lhsAxes = List.copyOf(lhsAxes);
      rhsAxes = List.copyOf(rhsAxes);
    }

    private Shape result(Shape lhs, Shape rhs) {
      Shape out = lhsAxes.isEmpty() ? rhs : lhs;
      for (int i = 0; i < lhsAxes.size(); i++) {
        out = out.with(lhsAxes.get(i), rhs.dim(rhsAxes.get(i)));
      }
      return out;
    }

    @Override
    public void infer(Infer s) {
      if (lhsAxes.size() != rhsAxes.size()) {
        throw s.error(
            "lhs_axes " + lhsAxes + " with rhs_axes " + rhsAxes,
            "axes are taken in pairs",
            "name as many axes of one operand as of the other, or none");
      }
      Shape lhs = s.in(0);
      if (!lhs.isKnown() || !s.in(1).isKnown()) {
        return;
      }
      Shape out = result(lhs, s.in(1));
      if (out.rank() != lhs.rank() || !out.equals(Shape.broadcast(lhs, out))) {
        throw s.error(
            "lhs cannot be repeated to " + out,
            "both have the same rank, and an extent can be repeated only if it is 1",
            "insert axes of extent 1 where lhs shall be repeated");
      }
      s.out(0, out, "lhs is repeated to the extents of rhs");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(broadcast(e.in(0), result(e.shape(0), e.shape(1))));
    }
  }

  /** Repeats axes of extent 1 to the given sizes. */
  record BroadcastAxis(List<Integer> axis, List<Long> size) implements Likeness {
    static final OpSchema<BroadcastAxis> SCHEMA =
        define(new BroadcastAxis(List.of(), List.of()), "broadcast_axis", "broadcast_axes")
            .inputs("data")
            .sample(new BroadcastAxis(List.of(0, 2), List.of(2L, 3L)), Shape.of(1, 2, 1));

    public BroadcastAxis {
      axis = List.copyOf(axis);
      size = List.copyOf(size);
    }

    private Shape result(Shape data) {
      Shape out = data;
      for (int i = 0; i < axis.size(); i++) {
        out = out.with(axis.get(i), size.get(i));
      }
      return out;
    }

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      if (!data.hasRank()) {
        return;
      }
      if (axis.size() != size.size()
          || axis.stream().anyMatch(a -> data.dim(a) != 1 && data.dim(a) != Shape.UNKNOWN)
          || size.stream().anyMatch(d -> d < 0)) {
        throw s.error(
            "axes " + axis + " cannot be repeated to " + size,
            "there is one size for each axis, and only axes of extent 1 can be repeated",
            "name axes of extent 1 and as many sizes");
      }
      s.out(0, result(data), "the named axes have the sizes asked for");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(broadcast(e.in(0), result(e.shape(0))));
    }
  }

  /** The leading part of data that is as large as another tensor, along some axes or all. */
  record SliceLike(List<Integer> axes) implements Likeness {
    static final OpSchema<SliceLike> SCHEMA =
        define(new SliceLike(List.of()), "slice_like")
            .inputs("data", "shape_like")
            .sample(new SliceLike(List.of()), Shape.of(3, 4), Shape.of(2, 3))
            .sample(new SliceLike(List.of(-1)), Shape.of(3, 4), Shape.of(2, 3));

    public SliceLike {
      axes = List.copyOf(axes);
    }

    private Shape result(Shape data, Shape like) {
      Shape out = data;
      for (int i = 0; i < data.rank(); i++) {
        int at = i;
        if (axes.isEmpty() || axes.stream().anyMatch(a -> data.axis(a) == at)) {
          out = out.with(i, like.dim(i));
        }
      }
      return out;
    }

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      if (!data.isKnown() || !s.in(1).isKnown()) {
        return;
      }
      boolean ranks =
          s.in(1).rank() >= data.rank() && (!axes.isEmpty() || s.in(1).rank() == data.rank());
      Shape out = ranks ? result(data, s.in(1)) : data;
      for (int i = 0; i < data.rank(); i++) {
        ranks &= out.dim(i) <= data.dim(i);
      }
      if (!ranks) {
        throw s.error(
            "data has no part like shape_like along the axes " + axes,
            "the part begins at 0 and lies within the data",
            "pass a shape_like that is not larger, or name the axes to cut");
      }
      s.out(0, out, "the part is as large as shape_like");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      var ranges = new ArrayList<Slicing.Range>();
      Shape out = result(e.shape(0), e.shape(1));
      for (long extent : out.dims()) {
        ranges.add(new Slicing.Range(0, 1, extent));
      }
      return List.of(Ops.call(new Slicing.Part(ranges), e.in(0)));
    }
  }

  /** Joins tensors of one shape along a new axis. */
  record Stack(int axis) implements Likeness {
    static final OpSchema<Stack> SCHEMA =
        define(new Stack(0), "stack")
            .variadic()
            .method("stack", "axis")
            .sample(new Stack(0), Shape.of(2, 3), Shape.of(2, 3))
            .sample(new Stack(-1), Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3));

    private int at(Shape part) {
      return axis < 0 ? axis + part.rank() + 1 : axis;
    }

    @Override
    public void infer(Infer s) {
      Shape common = Shape.unknown();
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < s.inputs(); i++) {
          s.in(i, common, "all parts have the same shape");
          common = s.in(i);
        }
      }
      if (common.hasRank()) {
        if (at(common) < 0 || at(common) > common.rank()) {
          throw s.error(
              "an axis cannot be inserted at " + axis,
              "the result has rank " + (common.rank() + 1),
              "choose an axis from " + (-common.rank() - 1) + " to " + common.rank());
        }
        s.out(0, common.insert(at(common), s.inputs()), "the new axis counts the parts");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      int at = at(e.shape(0));
      Tensor[] parts =
          e.inputs().stream().map(x -> x.reshapeTo(x.shape().insert(at, 1))).toArray(Tensor[]::new);
      return List.of(Ops.call(new Concat(at), parts));
    }
  }
}
