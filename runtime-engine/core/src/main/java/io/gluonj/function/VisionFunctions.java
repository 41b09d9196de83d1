package io.gluonj.function;

import io.gluonj.op.BooleanMask;
import io.gluonj.op.BoxCoding;
import io.gluonj.op.Boxes;
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
  public static <T extends Tensor> T adaptiveAvgPooling2D(
      T data, Consumer<AdaptiveAvgPooling2DAttributes> attributes) {
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
    return one(
        new Resampling.BilinearResize(
            1L,
            1L,
            Optional.empty(),
            Optional.empty(),
            Resampling.BilinearResize.Sizing.SIZE,
            true),
        data,
        like);
  }

  /**
   * Linear interpolation along height and width.
   *
   * <p>MXNet {@code _contrib_BilinearResize2D}; ONNX {@code Resize}.
   */
  public static <T extends Tensor> T bilinearResize2D(
      T data, Tensor like, Consumer<BilinearResize2DAttributes> attributes) {
    return one(set(new BilinearResize2DAttributes(), attributes).op(), data, like);
  }

  /** Linear interpolation along height and width. */
  public static <T extends Tensor> T bilinearResize2D(T data) {
    return one(
        new Resampling.BilinearResize(
            1L,
            1L,
            Optional.empty(),
            Optional.empty(),
            Resampling.BilinearResize.Sizing.SIZE,
            true),
        data);
  }

  /** Linear interpolation along height and width. */
  public static <T extends Tensor> T bilinearResize2D(
      T data, Consumer<BilinearResize2DAttributes> attributes) {
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
      return new Resampling.BilinearResize(
          height, width, scaleHeight, scaleWidth, mode, alignCorners);
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
   * <p>MXNet {@code _contrib_boolean_mask}; ONNX {@code Compress}.
   */
  public static <T extends Tensor> T booleanMask(
      T data, T index, Consumer<BooleanMaskAttributes> attributes) {
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

  /** Offsets to boxes: left, top, right, bottom (MXNet: {@code _contrib_box_decode}). */
  public static <T extends Tensor> T boxDecode(T data, T anchors) {
    return one(new BoxCoding.BoxDecode(1, 1, 1, 1, -1, Boxes.BoxIou.Format.CENTER), data, anchors);
  }

  /**
   * Offsets to boxes: left, top, right, bottom (MXNet: {@code _contrib_box_decode}). Inputs: data
   * (batch, n, 4) and anchors (1, n, 4) of a format.
   *
   * <p>MXNet {@code _contrib_box_decode}.
   */
  public static <T extends Tensor> T boxDecode(
      T data, T anchors, Consumer<BoxDecodeAttributes> attributes) {
    return one(set(new BoxDecodeAttributes(), attributes).op(), data, anchors);
  }

  /** Attributes of {@code boxDecode}. */
  public static final class BoxDecodeAttributes extends Attributes {
    private double std0 = 1;
    private double std1 = 1;
    private double std2 = 1;
    private double std3 = 1;
    private double clip = -1;
    private Boxes.BoxIou.Format format = Boxes.BoxIou.Format.CENTER;

    private BoxDecodeAttributes() {}

    /** By which the offset of x is multiplied; the others follow; 1 by default. */
    public BoxDecodeAttributes std0(double std0) {
      this.std0 = std0;
      return this;
    }

    /** MXNet's {@code std1}; 1 by default. */
    public BoxDecodeAttributes std1(double std1) {
      this.std1 = std1;
      return this;
    }

    /** MXNet's {@code std2}; 1 by default. */
    public BoxDecodeAttributes std2(double std2) {
      this.std2 = std2;
      return this;
    }

    /** MXNet's {@code std3}; 1 by default. */
    public BoxDecodeAttributes std3(double std3) {
      this.std3 = std3;
      return this;
    }

    /** Upper bound of the logarithms of extents; none if not positive; -1 by default. */
    public BoxDecodeAttributes clip(double clip) {
      this.clip = clip;
      return this;
    }

    /** How boxes are written; {@code center} by default. */
    public BoxDecodeAttributes format(Boxes.BoxIou.Format format) {
      this.format = format;
      return this;
    }

    private BoxCoding.BoxDecode op() {
      return new BoxCoding.BoxDecode(std0, std1, std2, std3, clip, format);
    }
  }

  /**
   * Boxes to offsets (MXNet: {@code _contrib_box_encode}). Inputs: samples (batch, n), above 0.5
   * where an anchor has a box; matches (batch, n), which one; anchors (batch, n, 4) and refs
   * (batch, m, 4), the boxes, both left, top, right, bottom; means and stds (4,). Results (batch,
   * n, 4): the offsets, normalized, and masks: 1 where there is a box, else both are 0.
   *
   * <p>MXNet {@code _contrib_box_encode}.
   */
  public static <T extends Tensor> List<T> boxEncode(
      T samples, T matches, T anchors, T refs, T means, T stds) {
    return all(new BoxCoding.BoxEncode(), samples, matches, anchors, refs, means, stds);
  }

  /** Intersection over union of each box of lhs with each of rhs; boxes lie along the last axis. */
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
}
