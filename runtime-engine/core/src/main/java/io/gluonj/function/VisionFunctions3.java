package io.gluonj.function;

import io.gluonj.op.Boxes;
import io.gluonj.op.Resampling;
import io.gluonj.op.RoiAlign;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.Sampling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class VisionFunctions3 extends VisionFunctions2 permits RandomFunctions {
  VisionFunctions3() {}

  /**
   * The anchors of every position of a feature map: one for each size with the first ratio, then
   * one for each further ratio with the first size; left, top, right, bottom in units of the image.
   */
  public static <T extends Tensor> T multiBoxPrior(T data) {
    return one(
        new Boxes.MultiBoxPrior(
            List.of(1.0), List.of(1.0), false, List.of(-1.0, -1.0), List.of(0.5, 0.5)),
        data);
  }

  /**
   * The anchors of every position of a feature map: one for each size with the first ratio, then
   * one for each further ratio with the first size; left, top, right, bottom in units of the image.
   *
   * <p>MXNet {@code _contrib_MultiBoxPrior}.
   */
  public static <T extends Tensor> T multiBoxPrior(
      T data, Consumer<MultiBoxPriorAttributes> attributes) {
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
  public static <T extends Tensor> T roiAlign(
      T data, T rois, Consumer<RoiAlignAttributes> attributes) {
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
   * <p>MXNet {@code ROIPooling}; ONNX {@code MaxRoiPool}.
   */
  public static <T extends Tensor> T roiPooling(
      T data, T rois, Consumer<RoiPoolingAttributes> attributes) {
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

  /** Images under an affine map of their own. */
  public static <T extends Tensor> T spatialTransformer(
      T data,
      T loc,
      Sampling.SpatialTransformer.Kind transformType,
      Sampling.SpatialTransformer.Sampler samplerType) {
    return one(
        new Sampling.SpatialTransformer(List.of(0L, 0L), transformType, samplerType), data, loc);
  }

  /**
   * Images under an affine map of their own.
   *
   * <p>MXNet {@code SpatialTransformer}.
   */
  public static <T extends Tensor> T spatialTransformer(
      T data, T loc, Consumer<SpatialTransformerAttributes> attributes) {
    return one(set(new SpatialTransformerAttributes(), attributes).op(), data, loc);
  }

  /** Attributes of {@code spatialTransformer}. */
  public static final class SpatialTransformerAttributes extends Attributes {
    private List<Long> targetShape = List.of(0L, 0L);
    private Sampling.SpatialTransformer.Kind transformType =
        Sampling.SpatialTransformer.Kind.AFFINE;
    private Sampling.SpatialTransformer.Sampler samplerType =
        Sampling.SpatialTransformer.Sampler.BILINEAR;

    private SpatialTransformerAttributes() {}

    /** Height and width of the result; (0, 0) by default. */
    public SpatialTransformerAttributes targetShape(long... targetShape) {
      this.targetShape = list(targetShape);
      return this;
    }

    /** What the places are made of; must be given. */
    public SpatialTransformerAttributes transformType(
        Sampling.SpatialTransformer.Kind transformType) {
      given("transformType");
      this.transformType = transformType;
      return this;
    }

    /** The interpolation; must be given. */
    public SpatialTransformerAttributes samplerType(
        Sampling.SpatialTransformer.Sampler samplerType) {
      given("samplerType");
      this.samplerType = samplerType;
      return this;
    }

    private Sampling.SpatialTransformer op() {
      require("spatialTransformer", "transformType", "samplerType");
      return new Sampling.SpatialTransformer(targetShape, transformType, samplerType);
    }
  }

  /** Each pixel as a block of {@code scale} by {@code scale}. */
  public static <T extends Tensor> T upSampling(
      int scale, Resampling.UpSampling.Type sampleType, T first, Tensor... others) {
    return one(
        new Resampling.UpSampling(scale, sampleType, Resampling.UpSampling.Join.CONCAT),
        first,
        others);
  }

  /** Each pixel as a block of {@code scale} by {@code scale}. */
  public static <T extends Tensor> T upSampling(
      int scale, Resampling.UpSampling.Type sampleType, List<? extends T> data) {
    return one(
        new Resampling.UpSampling(scale, sampleType, Resampling.UpSampling.Join.CONCAT), data);
  }

  /**
   * Each pixel as a block of {@code scale} by {@code scale}. Further inputs are brought to the size
   * of the first and joined along the channels, or added.
   *
   * <p>MXNet {@code UpSampling}; ONNX {@code Resize}.
   */
  public static <T extends Tensor> T upSampling(
      List<? extends T> data, Consumer<UpSamplingAttributes> attributes) {
    return one(set(new UpSamplingAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code upSampling}. */
  public static final class UpSamplingAttributes extends Attributes {
    private int scale = 1;
    private Resampling.UpSampling.Type sampleType = Resampling.UpSampling.Type.NEAREST;
    private Resampling.UpSampling.Join multiInputMode = Resampling.UpSampling.Join.CONCAT;

    private UpSamplingAttributes() {}

    /** The factor of the size; must be given. */
    public UpSamplingAttributes scale(int scale) {
      given("scale");
      this.scale = scale;
      return this;
    }

    /** The interpolation; must be given. */
    public UpSamplingAttributes sampleType(Resampling.UpSampling.Type sampleType) {
      given("sampleType");
      this.sampleType = sampleType;
      return this;
    }

    /** How several inputs are joined; {@code concat} by default. */
    public UpSamplingAttributes multiInputMode(Resampling.UpSampling.Join multiInputMode) {
      this.multiInputMode = multiInputMode;
      return this;
    }

    private Resampling.UpSampling op() {
      require("upSampling", "scale", "sampleType");
      return new Resampling.UpSampling(scale, sampleType, multiInputMode);
    }
  }
}
