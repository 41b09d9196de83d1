package io.gluonj.function;

import io.gluonj.op.Boxes;
import io.gluonj.op.Images;
import io.gluonj.op.Resampling;
import io.gluonj.op.Sampling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class VisionFunctions2 extends VisionFunctions permits UpdateFunctions {
  VisionFunctions2() {}

  /** {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels. */
  public static <T extends Tensor> T imageNormalize(T data) {
    return one(new Images.Normalize(List.of(0.0), List.of(1.0)), data);
  }

  /**
   * {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels.
   *
   * <p>MXNet {@code _image_normalize}.
   */
  public static <T extends Tensor> T imageNormalize(
      T data, Consumer<ImageNormalizeAttributes> attributes) {
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
