package io.gluonj.function;

import io.gluonj.op.Likeness;
import io.gluonj.op.Rearrange;
import io.gluonj.op.ShapeOps;
import io.gluonj.op.ShapeReaders;
import io.gluonj.op.Split;
import io.gluonj.op.Transpose;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ShapeFunctions2 extends ShapeFunctions permits IndexingFunctions {
  ShapeFunctions2() {}

  /**
   * The input's extents, int64.
   *
   * <p>MXNet {@code shape_array}; ONNX {@code Shape}.
   */
  public static <T extends Tensor> T shapeArray(T data) {
    return one(new ShapeReaders.ShapeArray(), data);
  }

  /**
   * The input's number of elements, int64, shape (1,).
   *
   * <p>MXNet {@code size_array}; ONNX {@code Size}.
   */
  public static <T extends Tensor> T sizeArray(T data) {
    return one(new ShapeReaders.SizeArray(), data);
  }

  /** The leading part of data that is as large as another tensor, along some axes or all. */
  public static <T extends Tensor> T sliceLike(T data, T shapeLike) {
    return one(new Likeness.SliceLike(List.of()), data, shapeLike);
  }

  /**
   * The leading part of data that is as large as another tensor, along some axes or all.
   *
   * <p>MXNet {@code slice_like}.
   */
  public static <T extends Tensor> T sliceLike(
      T data, T shapeLike, Consumer<SliceLikeAttributes> attributes) {
    return one(set(new SliceLikeAttributes(), attributes).op(), data, shapeLike);
  }

  /** Attributes of {@code sliceLike}. */
  public static final class SliceLikeAttributes extends Attributes {
    private List<Integer> axes = List.of();

    private SliceLikeAttributes() {}

    /** The axes; negative ones count from the last; none by default. */
    public SliceLikeAttributes axes(int... axes) {
      this.axes = list(axes);
      return this;
    }

    private Likeness.SliceLike op() {
      return new Likeness.SliceLike(axes);
    }
  }

  /**
   * Blocks of pixels become blocks of channels.
   *
   * <p>MXNet {@code space_to_depth}; ONNX {@code SpaceToDepth}.
   */
  public static <T extends Tensor> T spaceToDepth(T data, long blockSize) {
    return one(new Rearrange.SpaceToDepth(blockSize), data);
  }

  /** Parts of equal extent. */
  public static <T extends Tensor> List<T> split(T data, int numOutputs) {
    return all(new Split.SliceChannel(numOutputs, 1, false), data);
  }

  /**
   * Parts of equal extent.
   *
   * <p>MXNet {@code SliceChannel}; ONNX {@code Split}.
   */
  public static <T extends Tensor> List<T> split(T data, Consumer<SplitAttributes> attributes) {
    return all(set(new SplitAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code split}. */
  public static final class SplitAttributes extends Attributes {
    private int numOutputs = 1;
    private int axis = 1;
    private boolean squeezeAxis = false;

    private SplitAttributes() {}

    /** The number of parts; must be given. */
    public SplitAttributes numOutputs(int numOutputs) {
      given("numOutputs");
      this.numOutputs = numOutputs;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; 1 by default. */
    public SplitAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** Whether the axis that was split is removed; false by default. */
    public SplitAttributes squeezeAxis(boolean squeezeAxis) {
      this.squeezeAxis = squeezeAxis;
      return this;
    }

    private Split.SliceChannel op() {
      require("split", "numOutputs");
      return new Split.SliceChannel(numOutputs, axis, squeezeAxis);
    }
  }

  /**
   * Parts that begin at the given positions (the first of them usually 0), or {@code sections}
   * parts of equal extent.
   */
  public static <T extends Tensor> List<T> splitV2(T data, long... indices) {
    return all(new Split.SplitV2(list(indices), 1, false, 0), data);
  }

  /**
   * Parts that begin at the given positions (the first of them usually 0), or {@code sections}
   * parts of equal extent.
   *
   * <p>MXNet {@code _split_v2}; ONNX {@code Split}.
   */
  public static <T extends Tensor> List<T> splitV2(T data, Consumer<SplitV2Attributes> attributes) {
    return all(set(new SplitV2Attributes(), attributes).op(), data);
  }

  /** Attributes of {@code splitV2}. */
  public static final class SplitV2Attributes extends Attributes {
    private List<Long> indices = List.of();
    private int axis = 1;
    private boolean squeezeAxis = false;
    private int sections = 0;

    private SplitV2Attributes() {}

    /** Where parts begin; must be given. */
    public SplitV2Attributes indices(long... indices) {
      given("indices");
      this.indices = list(indices);
      return this;
    }

    /** The axis, or axes; negative ones count from the last; 1 by default. */
    public SplitV2Attributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    /** Whether the axis that was split is removed; false by default. */
    public SplitV2Attributes squeezeAxis(boolean squeezeAxis) {
      this.squeezeAxis = squeezeAxis;
      return this;
    }

    /** The number of equal parts, if not 0; 0 by default. */
    public SplitV2Attributes sections(int sections) {
      this.sections = sections;
      return this;
    }

    private Split.SplitV2 op() {
      require("splitV2", "indices");
      return new Split.SplitV2(indices, axis, squeezeAxis, sections);
    }
  }

  /**
   * Removes axes of extent 1; all of them if none is named.
   *
   * <p>MXNet {@code squeeze}; ONNX {@code Squeeze}.
   */
  public static <T extends Tensor> T squeeze(T data, int... axis) {
    return one(new ShapeOps.Squeeze(list(axis)), data);
  }

  /**
   * Joins tensors of one shape along a new axis.
   *
   * <p>MXNet {@code stack}.
   */
  public static <T extends Tensor> T stack(int axis, T first, Tensor... others) {
    return one(new Likeness.Stack(axis), first, others);
  }

  /** Joins tensors of one shape along a new axis. */
  public static <T extends Tensor> T stack(int axis, List<? extends T> data) {
    return one(new Likeness.Stack(axis), data);
  }

  /** Joins tensors of one shape along a new axis. */
  public static <T extends Tensor> T stack(T first, Tensor... others) {
    return one(new Likeness.Stack(0), first, others);
  }

  /** Joins tensors of one shape along a new axis. */
  public static <T extends Tensor> T stack(List<? extends T> data) {
    return one(new Likeness.Stack(0), data);
  }

  /** Exchanges two axes. */
  public static <T extends Tensor> T swapaxes(T data) {
    return one(new Rearrange.SwapAxis(0, 0), data);
  }

  /**
   * Exchanges two axes.
   *
   * <p>MXNet {@code SwapAxis}.
   */
  public static <T extends Tensor> T swapaxes(T data, Consumer<SwapaxesAttributes> attributes) {
    return one(set(new SwapaxesAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code swapaxes}. */
  public static final class SwapaxesAttributes extends Attributes {
    private int dim1 = 0;
    private int dim2 = 0;

    private SwapaxesAttributes() {}

    /** One axis; 0 by default. */
    public SwapaxesAttributes dim1(int dim1) {
      this.dim1 = dim1;
      return this;
    }

    /** The other axis; 0 by default. */
    public SwapaxesAttributes dim2(int dim2) {
      this.dim2 = dim2;
      return this;
    }

    private Rearrange.SwapAxis op() {
      return new Rearrange.SwapAxis(dim1, dim2);
    }
  }

  /**
   * The whole tensor several times along each axis; {@code reps} are aligned at the last axis.
   *
   * <p>MXNet {@code tile}; ONNX {@code Tile}.
   */
  public static <T extends Tensor> T tile(T data, long... reps) {
    return one(new Rearrange.Tile(list(reps)), data);
  }

  /**
   * Permutes axes: output axis i is input axis {@code axes[i]}; without axes reverses them.
   *
   * <p>MXNet {@code transpose}; ONNX {@code Transpose}.
   */
  public static <T extends Tensor> T transpose(T data, int... axes) {
    return one(new Transpose(list(axes)), data);
  }
}
