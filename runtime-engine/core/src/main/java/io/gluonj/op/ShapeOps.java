package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Operators that give the same elements another shape; no element moves. */
public sealed interface ShapeOps extends Op.Structural {
  @Override
  default boolean alias() {
    return true;
  }

  @Override
  default List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    return List.of(Nests.copy(in.getFirst(), out.getFirst()));
  }

  @Override
  default void vjp(Vjp g) {
    g.grad(0, () -> g.dy().reshapeTo(g.in(0).shape()));
    for (int i = 1; i < g.inputs(); i++) {
      g.none(i, "only the shape of this input is read");
    }
  }

  /** Checks that no element is lost, where both sizes are known. */
  private static void sameSize(Infer s, Supplier<String> fix) {
    if (s.in(0).isKnown() && s.out(0).isKnown() && s.in(0).size() != s.out(0).size()) {
      throw s.error(
          s.in(0).size() + " elements cannot take the shape " + s.out(0),
          "a reshape keeps the number of elements, and " + s.out(0) + " has " + s.out(0).size(),
          fix.get());
    }
  }

  /**
   * The same elements in another shape. MXNet's codes: 0 copies an extent, -1 is inferred, -2
   * copies the rest, -3 merges two, -4 splits one by the next two numbers.
   */
  record Reshape(List<Long> shape, boolean reverse) implements ShapeOps {
    static final OpSchema<Reshape> SCHEMA =
        define(new Reshape(List.of(), false), "Reshape", "reshape")
            .inputs("data")
            .method("reshape", "shape")
            .onnx("Reshape")
            .required("shape")
            .ignored("target_shape", "keep_highest")
            .sample(new Reshape(List.of(3L, -1L), false), Shape.of(2, 3))
            .sample(new Reshape(List.of(0L, -3L), false), Shape.of(2, 3, 4));

    public Reshape {
      shape = List.copyOf(shape);
    }

    @Override
    public void infer(Infer s) {
      if (s.in(0).hasRank()) {
        s.out(
            0,
            ReshapeCodes.apply(s.in(0), shape, reverse, s),
            "the result has the shape asked for");
      }
      sameSize(s, () -> "use -1 for one extent to have it inferred");
    }
  }

  /** The same elements in exactly the given shape, without codes. */
  record ToShape(Shape shape) implements ShapeOps {
    static final OpSchema<ToShape> SCHEMA =
        OpSchema.internal(new ToShape(Shape.scalar()), "_to_shape")
            .inputs("data")
            .method("reshapeTo", "shape")
            .sample(new ToShape(Shape.of(6)), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      s.out(0, shape, "the shape is an attribute");
      sameSize(s, () -> "give both sides the same number of elements");
    }
  }

  /** The elements of lhs in the shape of rhs. */
  record ReshapeLike() implements ShapeOps {
    static final OpSchema<ReshapeLike> SCHEMA =
        define(new ReshapeLike(), "reshape_like")
            .inputs("lhs", "rhs")
            .method("reshapeLike")
            .withoutOnnx("Shape, then Reshape")
            .sample(new ReshapeLike(), Shape.of(2, 3), Shape.of(3, 2));

    @Override
    public void infer(Infer s) {
      s.out(0, s.in(1), "the result has the shape of rhs");
      s.dtype(0, s.dtype(0));
      sameSize(s, () -> "pass operands of equal size");
    }
  }

  /** (N, d1, d2, …) to (N, d1*d2*…). */
  record Flatten() implements ShapeOps {
    static final OpSchema<Flatten> SCHEMA =
        define(new Flatten(), "Flatten", "flatten")
            .inputs("data")
            .method("flatten")
            .onnx("Flatten")
            .sample(new Flatten(), Shape.of(2, 3, 4));

    @Override
    public void infer(Infer s) {
      Shape in = s.in(0);
      if (in.hasRank()) {
        if (in.rank() == 0) {
          throw s.error(
              "a scalar cannot be flattened",
              "the first axis is kept, and a scalar has none",
              "reshape it to (1, 1)");
        }
        s.out(0, Shape.of(in.dim(0), in.sizeFrom(1)), "all axes but the first are merged");
      }
    }
  }

  /** Inserts an axis of extent 1. */
  record ExpandDims(int axis) implements ShapeOps {
    static final OpSchema<ExpandDims> SCHEMA =
        define(new ExpandDims(0), "expand_dims")
            .inputs("data")
            .method("expandDims", "axis")
            .onnx("Unsqueeze")
            .required("axis")
            .sample(new ExpandDims(1), Shape.of(2, 3))
            .sample(new ExpandDims(-1), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      if (s.in(0).hasRank()) {
        int rank = s.in(0).rank();
        int at = axis < 0 ? axis + rank + 1 : axis;
        if (at < 0 || at > rank) {
          throw s.error(
              "an axis cannot be inserted at " + axis,
              "the result has rank " + (rank + 1),
              "choose an axis from " + (-rank - 1) + " to " + rank);
        }
        s.out(0, s.in(0).insert(at, 1), "an axis of extent 1 is inserted at " + at);
      }
      if (s.out(0).hasRank()) {
        s.in(0, s.out(0).remove(axis), "the input lacks the inserted axis");
      }
    }
  }

  /** Removes axes of extent 1; all of them if none is named. */
  record Squeeze(List<Integer> axis) implements ShapeOps {
    static final OpSchema<Squeeze> SCHEMA =
        define(new Squeeze(List.of()), "squeeze")
            .inputs("data")
            .method("squeeze", "axis")
            .onnx("Squeeze")
            .sample(new Squeeze(List.of()), Shape.of(2, 1, 3, 1))
            .sample(new Squeeze(List.of(1)), Shape.of(2, 1, 3, 1));

    public Squeeze {
      axis = List.copyOf(axis);
    }

    @Override
    public void infer(Infer s) {
      Shape in = s.in(0);
      if (!in.hasRank() || (axis.isEmpty() && !in.isKnown())) {
        return;
      }
      List<Integer> removed = axis.stream().map(in::axis).toList();
      var kept = new ArrayList<Long>();
      for (int i = 0; i < in.rank(); i++) {
        boolean drop = axis.isEmpty() ? in.dim(i) == 1 : removed.contains(i);
        if (drop && in.dim(i) != 1 && in.dim(i) != Shape.UNKNOWN) {
          throw s.error(
              "axis " + i + " has " + in.dim(i) + " elements and cannot be removed",
              "only axes of extent 1 can be squeezed",
              "name axes of extent 1, or none to remove them all");
        }
        if (!drop) {
          kept.add(in.dim(i));
        }
      }
      if (kept.isEmpty()) {
        kept.add(1L); // MXNet keeps one axis
      }
      s.out(0, Shape.of(kept.stream().mapToLong(d -> d).toArray()), "extents of 1 are dropped");
    }
  }
}
