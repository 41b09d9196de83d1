package io.gluonj.function;

import io.gluonj.op.BooleanMask;
import io.gluonj.op.Boxes;
import io.gluonj.op.Columns;
import io.gluonj.op.Resampling;
import io.gluonj.op.Sampling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class VisionFunctions extends SequenceFunctions permits VisionFunctions2 {
  VisionFunctions() {}

  /** The mean over each of {@code outputSize} parts of about equal size (one number: square). */
  public static <T extends Tensor> T adaptiveAvgPooling2D(T data) {
    return one(new Resampling.AdaptiveAvgPooling(List.of()), data);
  }

  /**
   * The mean over each of {@code outputSize} parts of about equal size (one number: square).
   *
   * <p>MXNet {@code _contrib_AdaptiveAvgPooling2D}.
   */
  public static <T extends Tensor> T adaptiveAvgPooling2D(T data, Consumer<AdaptiveAvgPooling2DAttributes> attributes) {
    return one(set(new AdaptiveAvgPooling2DAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code adaptiveAvgPooling2D}. */
  public static final class AdaptiveAvgPooling2DAttributes extends Attributes {
    private List<Long> outputSize = List.of();

    private AdaptiveAvgPooling2DAttributes() {}

    /** The extents of the result; none by default. */
    public AdaptiveAvgPooling2DAttributes outputSize(long... outputSize) {
      this.outputSize = list(outputSize);
      return this;
    }

    private Resampling.AdaptiveAvgPooling op() {
      return new Resampling.AdaptiveAvgPooling(outputSize);
    }
  }

  /** Linear interpolation along height and width. */
  public static <T extends Tensor> T bilinearResize2D(T data, Tensor like) {
    return one(new Resampling.BilinearResize(1L, 1L, Optional.empty(), Optional.empty(), Resampling.BilinearResize.Sizing.SIZE, true), data, like);
  }

  /**
   * Linear interpolation along height and width.
   *
   * <p>MXNet {@code _contrib_BilinearResize2D}; ONNX {@code Resize}.
   */
  public static <T extends Tensor> T bilinearResize2D(T data, Tensor like, Consumer<BilinearResize2DAttributes> attributes) {
    return one(set(new BilinearResize2DAttributes(), attributes).op(), data, like);
  }

  /** Linear interpolation along height and width. */
  public static <T extends Tensor> T bilinearResize2D(T data) {
    return one(new Resampling.BilinearResize(1L, 1L, Optional.empty(), Optional.empty(), Resampling.BilinearResize.Sizing.SIZE, true), data);
  }

  /** Linear interpolation along height and width. */
  public static <T extends Tensor> T bilinearResize2D(T data, Consumer<BilinearResize2DAttributes> attributes) {
    return one(set(new BilinearResize2DAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code bilinearResize2D}. */
  public static final class BilinearResize2DAttributes extends Attributes {
    private long height = 1L;
    private long width = 1L;
    private Optional<Double> scaleHeight = Optional.empty();
    private Optional<Double> scaleWidth = Optional.empty();
    private Resampling.BilinearResize.Sizing mode = Resampling.BilinearResize.Sizing.SIZE;
    private boolean alignCorners = true;

    private BilinearResize2DAttributes() {}

    /** The height of the result; 1 by default. */
    public BilinearResize2DAttributes height(long height) {
      this.height = height;
      return this;
    }

    /** The width of the result; 1 by default. */
    public BilinearResize2DAttributes width(long width) {
      this.width = width;
      return this;
    }

    /** The factor of the height; none by default. */
    public BilinearResize2DAttributes scaleHeight(double scaleHeight) {
      this.scaleHeight = Optional.of(scaleHeight);
      return this;
    }

    /** The factor of the width; none by default. */
    public BilinearResize2DAttributes scaleWidth(double scaleWidth) {
      this.scaleWidth = Optional.of(scaleWidth);
      return this;
    }

    /** Which variant; {@code size} by default. */
    public BilinearResize2DAttributes mode(Resampling.BilinearResize.Sizing mode) {
      this.mode = mode;
      return this;
    }

    /** Whether outermost pixels stay outermost; true by default. */
    public BilinearResize2DAttributes alignCorners(boolean alignCorners) {
      this.alignCorners = alignCorners;
      return this;
    }

    private Resampling.BilinearResize op() {
      return new Resampling.BilinearResize(height, width, scaleHeight, scaleWidth, mode, alignCorners);
    }
  }

  /**
   * Images at the places of a grid, by linear interpolation between four pixels.
   *
   * <p>MXNet {@code BilinearSampler}; ONNX {@code GridSample}.
   */
  public static <T extends Tensor> T bilinearSampler(T data, T grid) {
    return one(new Sampling.BilinearSampler(), data, grid);
  }

  /**
   * The slices of data along an axis for which index is not 0 (MXNet: {@code
   * _contrib_boolean_mask}).
   */
  public static <T extends Tensor> T booleanMask(T data, T index) {
    return one(new BooleanMask(0), data, index);
  }

  /**
   * The slices of data along an axis for which index is not 0 (MXNet: {@code
   * _contrib_boolean_mask}). How many there are depends on values, so that whoever runs it waits
   * for the index.
   *
   * <p>MXNet {@code _contrib_boolean_mask}.
   */
  public static <T extends Tensor> T booleanMask(T data, T index, Consumer<BooleanMaskAttributes> attributes) {
    return one(set(new BooleanMaskAttributes(), attributes).op(), data, index);
  }

  /** Attributes of {@code booleanMask}. */
  public static final class BooleanMaskAttributes extends Attributes {
    private int axis = 0;

    private BooleanMaskAttributes() {}

    /** Along which index says yes or no; 0 by default. */
    public BooleanMaskAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private BooleanMask op() {
      return new BooleanMask(axis);
    }
  }

  /**
   * Intersection over union of each box of lhs with each of rhs; boxes lie along the last axis.
   */
  public static <T extends Tensor> T boxIou(T lhs, T rhs) {
    return one(new Boxes.BoxIou(Boxes.BoxIou.Format.CORNER), lhs, rhs);
  }

  /**
   * Intersection over union of each box of lhs with each of rhs; boxes lie along the last axis.
   *
   * <p>MXNet {@code _contrib_box_iou}.
   */
  public static <T extends Tensor> T boxIou(T lhs, T rhs, Consumer<BoxIouAttributes> attributes) {
    return one(set(new BoxIouAttributes(), attributes).op(), lhs, rhs);
  }

  /** Attributes of {@code boxIou}. */
  public static final class BoxIouAttributes extends Attributes {
    private Boxes.BoxIou.Format format = Boxes.BoxIou.Format.CORNER;

    private BoxIouAttributes() {}

    /** How boxes are written; {@code corner} by default. */
    public BoxIouAttributes format(Boxes.BoxIou.Format format) {
      this.format = format;
      return this;
    }

    private Boxes.BoxIou op() {
      return new Boxes.BoxIou(format);
    }
  }

  /**
   * Columns to images of {@code outputSize}; what several windows cover is added.
   *
   * <p>MXNet {@code col2im}; ONNX {@code Col2Im}.
   */
  public static <T extends Tensor> T col2im(T data, Consumer<Col2imAttributes> attributes) {
    return one(set(new Col2imAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code col2im}. */
  public static final class Col2imAttributes extends Attributes {
    private List<Long> outputSize = List.of();
    private List<Long> kernel = List.of();
    private List<Long> stride = List.of();
    private List<Long> dilate = List.of();
    private List<Long> pad = List.of();

    private Col2imAttributes() {}

    /** The extents of the result; must be given. */
    public Col2imAttributes outputSize(long... outputSize) {
      given("outputSize");
      this.outputSize = list(outputSize);
      return this;
    }

    /** The extents of the window; must be given. */
    public Col2imAttributes kernel(long... kernel) {
      given("kernel");
      this.kernel = list(kernel);
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public Col2imAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** The distances between the window's elements; 1 where left out. */
    public Col2imAttributes dilate(long... dilate) {
      this.dilate = list(dilate);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public Col2imAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    private Columns.Col2im op() {
      require("col2im", "outputSize", "kernel");
      return new Columns.Col2im(outputSize, kernel, stride, dilate, pad);
    }
  }

  /** Places from maps or displacements. */
  public static <T extends Tensor> T gridGenerator(T data, Sampling.Transform transformType) {
    return one(new Sampling.GridGenerator(transformType, List.of(0L, 0L)), data);
  }

  /**
   * Places from maps or displacements.
   *
   * <p>MXNet {@code GridGenerator}.
   */
  public static <T extends Tensor> T gridGenerator(T data, Consumer<GridGeneratorAttributes> attributes) {
    return one(set(new GridGeneratorAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code gridGenerator}. */
  public static final class GridGeneratorAttributes extends Attributes {
    private Sampling.Transform transformType = Sampling.Transform.AFFINE;
    private List<Long> targetShape = List.of(0L, 0L);

    private GridGeneratorAttributes() {}

    /** What the places are made of; must be given. */
    public GridGeneratorAttributes transformType(Sampling.Transform transformType) {
      given("transformType");
      this.transformType = transformType;
      return this;
    }

    /** Height and width of the result; (0, 0) by default. */
    public GridGeneratorAttributes targetShape(long... targetShape) {
      this.targetShape = list(targetShape);
      return this;
    }

    private Sampling.GridGenerator op() {
      require("gridGenerator", "transformType");
      return new Sampling.GridGenerator(transformType, targetShape);
    }
  }
}
