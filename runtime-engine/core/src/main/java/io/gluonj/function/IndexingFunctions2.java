package io.gluonj.function;

import io.gluonj.op.Indices;
import io.gluonj.op.Lookups;
import io.gluonj.op.Pick;
import io.gluonj.op.SliceAssign;
import io.gluonj.op.Slicing;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class IndexingFunctions2 extends IndexingFunctions permits ProductFunctions {
  IndexingFunctions2() {}

  /**
   * By another tensor.
   *
   * <p>MXNet {@code _slice_assign}.
   */
  public static <T extends Tensor> T sliceAssign(
      T lhs, T rhs, Consumer<SliceAssignAttributes> attributes) {
    return one(set(new SliceAssignAttributes(), attributes).op(), lhs, rhs);
  }

  /** Attributes of {@code sliceAssign}. */
  public static final class SliceAssignAttributes extends Attributes {
    private List<Optional<Long>> begin = List.of();
    private List<Optional<Long>> end = List.of();
    private List<Optional<Long>> step = List.of();

    private SliceAssignAttributes() {}

    /** The first element, axis by axis; must be given. */
    public SliceAssignAttributes begin(@Nullable Long... begin) {
      given("begin");
      this.begin = optional(begin);
      return this;
    }

    /** The element after the last, axis by axis; must be given. */
    public SliceAssignAttributes end(@Nullable Long... end) {
      given("end");
      this.end = optional(end);
      return this;
    }

    /** The steps, axis by axis; none by default. */
    public SliceAssignAttributes step(@Nullable Long... step) {
      this.step = optional(step);
      return this;
    }

    private SliceAssign.ByTensor op() {
      require("sliceAssign", "begin", "end");
      return new SliceAssign.ByTensor(begin, end, step);
    }
  }

  /**
   * By one number.
   *
   * <p>MXNet {@code _slice_assign_scalar}.
   */
  public static <T extends Tensor> T sliceAssignScalar(
      T data, Consumer<SliceAssignScalarAttributes> attributes) {
    return one(set(new SliceAssignScalarAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code sliceAssignScalar}. */
  public static final class SliceAssignScalarAttributes extends Attributes {
    private double scalar = 0;
    private List<Optional<Long>> begin = List.of();
    private List<Optional<Long>> end = List.of();
    private List<Optional<Long>> step = List.of();

    private SliceAssignScalarAttributes() {}

    /** The number; 0 by default. */
    public SliceAssignScalarAttributes scalar(double scalar) {
      this.scalar = scalar;
      return this;
    }

    /** The first element, axis by axis; must be given. */
    public SliceAssignScalarAttributes begin(@Nullable Long... begin) {
      given("begin");
      this.begin = optional(begin);
      return this;
    }

    /** The element after the last, axis by axis; must be given. */
    public SliceAssignScalarAttributes end(@Nullable Long... end) {
      given("end");
      this.end = optional(end);
      return this;
    }

    /** The steps, axis by axis; none by default. */
    public SliceAssignScalarAttributes step(@Nullable Long... step) {
      this.step = optional(step);
      return this;
    }

    private SliceAssign.ByScalar op() {
      require("sliceAssignScalar", "begin", "end");
      return new SliceAssign.ByScalar(scalar, begin, end, step);
    }
  }

  /**
   * Elements {@code begin} (inclusive) to {@code end} (exclusive) of one axis.
   *
   * <p>MXNet {@code slice_axis}; ONNX {@code Slice}.
   */
  public static <T extends Tensor> T sliceAxis(T data, int axis, long begin, long end) {
    return one(new Slicing.SliceAxis(axis, begin, Optional.of(end)), data);
  }

  /**
   * Slices of {@code a} along {@code axis} (MXNet: {@code take}), one for each index: the result
   * has the axes of {@code a} with those of {@code indices} in the place of {@code axis}.
   */
  public static <T extends Tensor> T take(T a, T indices) {
    return one(new Lookups.Take(0, Pick.Mode.CLIP), a, indices);
  }

  /**
   * Slices of {@code a} along {@code axis} (MXNet: {@code take}), one for each index: the result
   * has the axes of {@code a} with those of {@code indices} in the place of {@code axis}.
   *
   * <p>MXNet {@code take}; ONNX {@code Gather}.
   */
  public static <T extends Tensor> T take(T a, T indices, Consumer<TakeAttributes> attributes) {
    return one(set(new TakeAttributes(), attributes).op(), a, indices);
  }

  /** Attributes of {@code take}. */
  public static final class TakeAttributes extends Attributes {
    private int axis = 0;
    private Pick.Mode mode = Pick.Mode.CLIP;

    private TakeAttributes() {}

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public TakeAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** Which variant; {@code clip} by default. */
    public TakeAttributes mode(Pick.Mode mode) {
      this.mode = mode;
      return this;
    }

    private Lookups.Take op() {
      return new Lookups.Take(axis, mode);
    }
  }

  /**
   * Row-major positions in a tensor of the given shape as coordinates (axes, …).
   *
   * <p>MXNet {@code _unravel_index}.
   */
  public static <T extends Tensor> T unravelIndex(T data, long... shape) {
    return one(new Indices.UnravelIndex(list(shape)), data);
  }
}
