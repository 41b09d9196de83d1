package io.gluonj.function;

import io.gluonj.op.Boxes;
import io.gluonj.op.Columns;
import io.gluonj.op.Images;
import io.gluonj.op.RoiAlign;
import io.gluonj.op.RoiPooling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class VisionFunctions2 extends VisionFunctions permits VisionFunctions3 {
  VisionFunctions2() {}

  /** Windows to columns. */
  public static <T extends Tensor> T im2col(T data, long... kernel) {
    return one(new Columns.Im2col(list(kernel), List.of(), List.of(), List.of()), data);
  }

  /**
   * Windows to columns.
   *
   * <p>MXNet {@code im2col}.
   */
  public static <T extends Tensor> T im2col(T data, Consumer<Im2colAttributes> attributes) {
    return one(set(new Im2colAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code im2col}. */
  public static final class Im2colAttributes extends Attributes {
    private List<Long> kernel = List.of();
    private List<Long> stride = List.of();
    private List<Long> dilate = List.of();
    private List<Long> pad = List.of();

    private Im2colAttributes() {}

    /** The extents of the window; must be given. */
    public Im2colAttributes kernel(long... kernel) {
      given("kernel");
      this.kernel = list(kernel);
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public Im2colAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** The distances between the window's elements; 1 where left out. */
    public Im2colAttributes dilate(long... dilate) {
      this.dilate = list(dilate);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public Im2colAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    private Columns.Im2col op() {
      require("im2col", "kernel");
      return new Columns.Im2col(kernel, stride, dilate, pad);
    }
  }

  /** {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels. */
  public static <T extends Tensor> T imageNormalize(T data) {
    return one(new Images.Normalize(List.of(0.0), List.of(1.0)), data);
  }

  /**
   * {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels.
   *
   * <p>MXNet {@code _image_normalize}.
   */
  public static <T extends Tensor> T imageNormalize(T data, Consumer<ImageNormalizeAttributes> attributes) {
    return one(set(new ImageNormalizeAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code imageNormalize}. */
  public static final class ImageNormalizeAttributes extends Attributes {
    private List<Double> mean = List.of(0.0);
    private List<Double> std = List.of(1.0);

    private ImageNormalizeAttributes() {}

    /** What is subtracted, by channel; (0) by default. */
    public ImageNormalizeAttributes mean(double... mean) {
      this.mean = list(mean);
      return this;
    }

    /** What is divided by, by channel; (1) by default. */
    public ImageNormalizeAttributes std(double... std) {
      this.std = list(std);
      return this;
    }

    private Images.Normalize op() {
      return new Images.Normalize(mean, std);
    }
  }

  /**
   * Bytes (…, H, W, C) to float32 (…, C, H, W) in [0, 1].
   *
   * <p>MXNet {@code _image_to_tensor}.
   */
  public static <T extends Tensor> T imageToTensor(T data) {
    return one(new Images.ToTensor(), data);
  }

  /**
   * The anchors of every position of a feature map: one for each size with the first ratio, then
   * one for each further ratio with the first size; left, top, right, bottom in units of the image.
   */
  public static <T extends Tensor> T multiBoxPrior(T data) {
    return one(new Boxes.MultiBoxPrior(List.of(1.0), List.of(1.0), false, List.of(-1.0, -1.0), List.of(0.5, 0.5)), data);
  }

  /**
   * The anchors of every position of a feature map: one for each size with the first ratio, then
   * one for each further ratio with the first size; left, top, right, bottom in units of the image.
   *
   * <p>MXNet {@code _contrib_MultiBoxPrior}.
   */
  public static <T extends Tensor> T multiBoxPrior(T data, Consumer<MultiBoxPriorAttributes> attributes) {
    return one(set(new MultiBoxPriorAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code multiBoxPrior}. */
  public static final class MultiBoxPriorAttributes extends Attributes {
    private List<Double> sizes = List.of(1.0);
    private List<Double> ratios = List.of(1.0);
    private boolean clip = false;
    private List<Double> steps = List.of(-1.0, -1.0);
    private List<Double> offsets = List.of(0.5, 0.5);

    private MultiBoxPriorAttributes() {}

    /** Sizes of the boxes; (1) by default. */
    public MultiBoxPriorAttributes sizes(double... sizes) {
      this.sizes = list(sizes);
      return this;
    }

    /** Aspect ratios of the boxes; (1) by default. */
    public MultiBoxPriorAttributes ratios(double... ratios) {
      this.ratios = list(ratios);
      return this;
    }

    /** Whether boxes are cut at the edges; false by default. */
    public MultiBoxPriorAttributes clip(boolean clip) {
      this.clip = clip;
      return this;
    }

    /** Distances between middles of boxes; (-1, -1) by default. */
    public MultiBoxPriorAttributes steps(double... steps) {
      this.steps = list(steps);
      return this;
    }

    /** Where the first middle lies; (0.5, 0.5) by default. */
    public MultiBoxPriorAttributes offsets(double... offsets) {
      this.offsets = list(offsets);
      return this;
    }

    private Boxes.MultiBoxPrior op() {
      return new Boxes.MultiBoxPrior(sizes, ratios, clip, steps, offsets);
    }
  }

  /**
   * The mean of samples in each bin of each region, interpolated between pixels (He et al., Mask
   * R-CNN, ICCV 2017; MXNet: {@code _contrib_ROIAlign}). Inputs and result are those of {@code
   * RoiPooling}. A region of an image that does not exist gives 0. Regions are not differentiated.
   *
   * <p>MXNet {@code _contrib_ROIAlign}.
   */
  public static <T extends Tensor> T roiAlign(T data, T rois, Consumer<RoiAlignAttributes> attributes) {
    return one(set(new RoiAlignAttributes(), attributes).op(), data, rois);
  }

  /** Attributes of {@code roiAlign}. */
  public static final class RoiAlignAttributes extends Attributes {
    private List<Long> pooledSize = List.of();
    private double spatialScale = 0;
    private int sampleRatio = -1;
    private boolean positionSensitive = false;
    private boolean aligned = false;

    private RoiAlignAttributes() {}

    /** MXNet's {@code pooled_size}; must be given. */
    public RoiAlignAttributes pooledSize(long... pooledSize) {
      given("pooledSize");
      this.pooledSize = list(pooledSize);
      return this;
    }

    /** MXNet's {@code spatial_scale}; must be given. */
    public RoiAlignAttributes spatialScale(double spatialScale) {
      given("spatialScale");
      this.spatialScale = spatialScale;
      return this;
    }

    /**
     * Samples along each axis of a bin; if not positive, as many as the bin has elements, at most
     * as many as a bin of the whole map has; -1 by default.
     */
    public RoiAlignAttributes sampleRatio(int sampleRatio) {
      this.sampleRatio = sampleRatio;
      return this;
    }

    /**
     * Whether each bin has channels of its own (Dai et al., R-FCN, NIPS 2016): the result has the
     * data's channels divided by the number of bins; false by default.
     */
    public RoiAlignAttributes positionSensitive(boolean positionSensitive) {
      this.positionSensitive = positionSensitive;
      return this;
    }

    /**
     * Whether pixels lie at half coordinates and regions may be smaller than a pixel; false by
     * default.
     */
    public RoiAlignAttributes aligned(boolean aligned) {
      this.aligned = aligned;
      return this;
    }

    private RoiAlign op() {
      require("roiAlign", "pooledSize", "spatialScale");
      return new RoiAlign(pooledSize, spatialScale, sampleRatio, positionSensitive, aligned);
    }
  }

  /**
   * The maximum of each bin of each region (Girshick, Fast R-CNN, ICCV 2015; MXNet: {@code
   * ROIPooling}). Inputs: data (batch, channels, height, width) and rois (regions, 5): the number
   * of an image, then left, top, right and bottom in units that {@code spatialScale} converts to
   * elements. Result: (regions, channels, pooled height, pooled width).
   *
   * <p>The hidden second output is the row-major position of each maximum in the data, -1 where a
   * bin is empty or the image does not exist; the result is 0 there. Regions are not
   * differentiated.
   *
   * <p>MXNet {@code ROIPooling}.
   */
  public static <T extends Tensor> T roiPooling(T data, T rois, Consumer<RoiPoolingAttributes> attributes) {
    return one(set(new RoiPoolingAttributes(), attributes).op(), data, rois);
  }

  /** Attributes of {@code roiPooling}. */
  public static final class RoiPoolingAttributes extends Attributes {
    private List<Long> pooledSize = List.of();
    private double spatialScale = 0;

    private RoiPoolingAttributes() {}

    /** MXNet's {@code pooled_size}; must be given. */
    public RoiPoolingAttributes pooledSize(long... pooledSize) {
      given("pooledSize");
      this.pooledSize = list(pooledSize);
      return this;
    }

    /** MXNet's {@code spatial_scale}; must be given. */
    public RoiPoolingAttributes spatialScale(double spatialScale) {
      given("spatialScale");
      this.spatialScale = spatialScale;
      return this;
    }

    private RoiPooling op() {
      require("roiPooling", "pooledSize", "spatialScale");
      return new RoiPooling(pooledSize, spatialScale);
    }
  }
}
