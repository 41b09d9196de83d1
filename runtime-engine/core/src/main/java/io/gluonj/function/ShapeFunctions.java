package io.gluonj.function;

import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Concat;
import io.gluonj.op.Likeness;
import io.gluonj.op.Pad;
import io.gluonj.op.Rearrange;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.ShapeReaders;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ShapeFunctions extends ReductionFunctions3 permits ShapeFunctions2 {
  ShapeFunctions() {}

  /** A progression as long as one axis of the input, or in the shape of all of it. */
  public static <T extends Tensor> T arangeLike(T data) {
    return one(new ShapeReaders.ArangeLike(0, 1, 1, Optional.empty()), data);
  }

  /**
   * A progression as long as one axis of the input, or in the shape of all of it.
   *
   * <p>MXNet {@code _contrib_arange_like}.
   */
  public static <T extends Tensor> T arangeLike(T data, Consumer<ArangeLikeAttributes> attributes) {
    return one(set(new ArangeLikeAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code arangeLike}. */
  public static final class ArangeLikeAttributes extends Attributes {
    private double start = 0;
    private double step = 1;
    private int repeat = 1;
    private Optional<Integer> axis = Optional.empty();

    private ArangeLikeAttributes() {}

    /** The first number; 0 by default. */
    public ArangeLikeAttributes start(double start) {
      this.start = start;
      return this;
    }

    /** The steps, axis by axis; 1 by default. */
    public ArangeLikeAttributes step(double step) {
      this.step = step;
      return this;
    }

    /** How often each number occurs; 1 by default. */
    public ArangeLikeAttributes repeat(int repeat) {
      this.repeat = repeat;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; none by default. */
    public ArangeLikeAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    private ShapeReaders.ArangeLike op() {
      return new ShapeReaders.ArangeLike(start, step, repeat, axis);
    }
  }

  /** Repeats axes of extent 1 to the given sizes. */
  public static <T extends Tensor> T broadcastAxis(T data) {
    return one(new Likeness.BroadcastAxis(List.of(), List.of()), data);
  }

  /**
   * Repeats axes of extent 1 to the given sizes.
   *
   * <p>MXNet {@code broadcast_axis}.
   */
  public static <T extends Tensor> T broadcastAxis(
      T data, Consumer<BroadcastAxisAttributes> attributes) {
    return one(set(new BroadcastAxisAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code broadcastAxis}. */
  public static final class BroadcastAxisAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private List<Long> size = List.of();

    private BroadcastAxisAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public BroadcastAxisAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** The new extents; none by default. */
    public BroadcastAxisAttributes size(long... size) {
      this.size = list(size);
      return this;
    }

    private Likeness.BroadcastAxis op() {
      return new Likeness.BroadcastAxis(axis, size);
    }
  }

  /** Repeats lhs to the extents of rhs, along all axes or along pairs of axes. */
  public static <T extends Tensor> T broadcastLike(T lhs, T rhs) {
    return one(new Likeness.BroadcastLike(List.of(), List.of()), lhs, rhs);
  }

  /**
   * Repeats lhs to the extents of rhs, along all axes or along pairs of axes.
   *
   * <p>MXNet {@code broadcast_like}.
   */
  public static <T extends Tensor> T broadcastLike(
      T lhs, T rhs, Consumer<BroadcastLikeAttributes> attributes) {
    return one(set(new BroadcastLikeAttributes(), attributes).op(), lhs, rhs);
  }

  /** Attributes of {@code broadcastLike}. */
  public static final class BroadcastLikeAttributes extends Attributes {
    private List<Integer> lhsAxes = List.of();
    private List<Integer> rhsAxes = List.of();

    private BroadcastLikeAttributes() {}

    /** Axes of the first operand; none by default. */
    public BroadcastLikeAttributes lhsAxes(int... lhsAxes) {
      this.lhsAxes = list(lhsAxes);
      return this;
    }

    /** Axes of the second operand; none by default. */
    public BroadcastLikeAttributes rhsAxes(int... rhsAxes) {
      this.rhsAxes = list(rhsAxes);
      return this;
    }

    private Likeness.BroadcastLike op() {
      return new Likeness.BroadcastLike(lhsAxes, rhsAxes);
    }
  }

  /**
   * Repeats along axes of extent 1; 0 keeps an extent. New axes may be put in front.
   *
   * <p>MXNet {@code broadcast_to}; ONNX {@code Expand}.
   */
  public static <T extends Tensor> T broadcastTo(T data, long... shape) {
    return one(new BroadcastTo(list(shape)), data);
  }

  /**
   * Joins any number of tensors along an axis.
   *
   * <p>MXNet {@code Concat}; ONNX {@code Concat}.
   */
  public static <T extends Tensor> T concat(int dim, T first, Tensor... others) {
    return one(new Concat(dim), first, others);
  }

  /** Joins any number of tensors along an axis. */
  public static <T extends Tensor> T concat(int dim, List<? extends T> data) {
    return one(new Concat(dim), data);
  }

  /** Joins any number of tensors along an axis. */
  public static <T extends Tensor> T concat(T first, Tensor... others) {
    return one(new Concat(1), first, others);
  }

  /** Joins any number of tensors along an axis. */
  public static <T extends Tensor> T concat(List<? extends T> data) {
    return one(new Concat(1), data);
  }

  /**
   * Blocks of channels become blocks of pixels.
   *
   * <p>MXNet {@code depth_to_space}; ONNX {@code DepthToSpace}.
   */
  public static <T extends Tensor> T depthToSpace(T data, long blockSize) {
    return one(new Rearrange.DepthToSpace(blockSize), data);
  }

  /**
   * Inserts an axis of extent 1.
   *
   * <p>MXNet {@code expand_dims}; ONNX {@code Unsqueeze}.
   */
  public static <T extends Tensor> T expandDims(T data, int axis) {
    return one(new ShapeOps.ExpandDims(axis), data);
  }

  /**
   * (N, d1, d2, …) to (N, d1*d2*…).
   *
   * <p>MXNet {@code Flatten}; ONNX {@code Flatten}.
   */
  public static <T extends Tensor> T flatten(T data) {
    return one(new ShapeOps.Flatten(), data);
  }

  /** Widens axes. */
  public static <T extends Tensor> T pad(T data, Pad.Mode mode, long... padWidth) {
    return one(new Pad(mode, list(padWidth), 0), data);
  }

  /**
   * Widens axes. {@code padWidth} holds, for each axis, the elements added before and after.
   *
   * <p>MXNet {@code Pad}; ONNX {@code Pad}.
   */
  public static <T extends Tensor> T pad(T data, Consumer<PadAttributes> attributes) {
    return one(set(new PadAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code pad}. */
  public static final class PadAttributes extends Attributes {
    private Pad.Mode mode = Pad.Mode.CONSTANT;
    private List<Long> padWidth = List.of();
    private double constantValue = 0;

    private PadAttributes() {}

    /** What the new elements are; must be given. */
    public PadAttributes mode(Pad.Mode mode) {
      given("mode");
      this.mode = mode;
      return this;
    }

    /** Elements before and after, axis by axis; must be given. */
    public PadAttributes padWidth(long... padWidth) {
      given("padWidth");
      this.padWidth = list(padWidth);
      return this;
    }

    /** What is filled in; 0 by default. */
    public PadAttributes constantValue(double constantValue) {
      this.constantValue = constantValue;
      return this;
    }

    private Pad op() {
      require("pad", "mode", "padWidth");
      return new Pad(mode, padWidth, constantValue);
    }
  }

  /** Each element several times in a row, along an axis or along all elements as one. */
  public static <T extends Tensor> T repeat(T data, long repeats) {
    return one(new Rearrange.Repeat(repeats, Optional.empty()), data);
  }

  /**
   * Each element several times in a row, along an axis or along all elements as one.
   *
   * <p>MXNet {@code repeat}.
   */
  public static <T extends Tensor> T repeat(T data, Consumer<RepeatAttributes> attributes) {
    return one(set(new RepeatAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code repeat}. */
  public static final class RepeatAttributes extends Attributes {
    private long repeats = 1L;
    private Optional<Integer> axis = Optional.empty();

    private RepeatAttributes() {}

    /** How often; must be given. */
    public RepeatAttributes repeats(long repeats) {
      given("repeats");
      this.repeats = repeats;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; none by default. */
    public RepeatAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    private Rearrange.Repeat op() {
      require("repeat", "repeats");
      return new Rearrange.Repeat(repeats, axis);
    }
  }

  /** The same elements in another shape. */
  public static <T extends Tensor> T reshape(T data, long... shape) {
    return one(new ShapeOps.Reshape(list(shape), false), data);
  }

  /**
   * The same elements in another shape. MXNet's codes: 0 copies an extent, -1 is inferred, -2
   * copies the rest, -3 merges two, -4 splits one by the next two numbers.
   *
   * <p>MXNet {@code Reshape}; ONNX {@code Reshape}.
   */
  public static <T extends Tensor> T reshape(T data, Consumer<ReshapeAttributes> attributes) {
    return one(set(new ReshapeAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code reshape}. */
  public static final class ReshapeAttributes extends Attributes {
    private List<Long> shape = List.of();
    private boolean reverse = false;

    private ReshapeAttributes() {}

    /** The shape; must be given. */
    public ReshapeAttributes shape(long... shape) {
      given("shape");
      this.shape = list(shape);
      return this;
    }

    /** Whether codes are read from the last axis; false by default. */
    public ReshapeAttributes reverse(boolean reverse) {
      this.reverse = reverse;
      return this;
    }

    private ShapeOps.Reshape op() {
      require("reshape", "shape");
      return new ShapeOps.Reshape(shape, reverse);
    }
  }

  /**
   * The elements of lhs in the shape of rhs.
   *
   * <p>MXNet {@code reshape_like}.
   */
  public static <T extends Tensor> T reshapeLike(T lhs, T rhs) {
    return one(new ShapeOps.ReshapeLike(), lhs, rhs);
  }

  /**
   * The elements in reverse order along axes.
   *
   * <p>MXNet {@code reverse}.
   */
  public static <T extends Tensor> T reverse(T data, int... axis) {
    return one(new Rearrange.Reverse(list(axis)), data);
  }
}
