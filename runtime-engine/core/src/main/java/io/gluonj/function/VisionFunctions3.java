package io.gluonj.function;

import io.gluonj.op.Resampling;
import io.gluonj.op.Sampling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class VisionFunctions3 extends VisionFunctions2 permits RandomFunctions {
  VisionFunctions3() {}

  /** Images under an affine map of their own. */
  public static <T extends Tensor> T spatialTransformer(T data, T loc, Sampling.SpatialTransformer.Kind transformType, Sampling.SpatialTransformer.Sampler samplerType) {
    return one(new Sampling.SpatialTransformer(List.of(0L, 0L), transformType, samplerType), data, loc);
  }

  /**
   * Images under an affine map of their own.
   *
   * <p>MXNet {@code SpatialTransformer}.
   */
  public static <T extends Tensor> T spatialTransformer(T data, T loc, Consumer<SpatialTransformerAttributes> attributes) {
    return one(set(new SpatialTransformerAttributes(), attributes).op(), data, loc);
  }

  /** Attributes of {@code spatialTransformer}. */
  public static final class SpatialTransformerAttributes extends Attributes {
    private List<Long> targetShape = List.of(0L, 0L);
    private Sampling.SpatialTransformer.Kind transformType = Sampling.SpatialTransformer.Kind.AFFINE;
    private Sampling.SpatialTransformer.Sampler samplerType = Sampling.SpatialTransformer.Sampler.BILINEAR;

    private SpatialTransformerAttributes() {}

    /** Height and width of the result; (0, 0) by default. */
    public SpatialTransformerAttributes targetShape(long... targetShape) {
      this.targetShape = list(targetShape);
      return this;
    }

    /** What the places are made of; must be given. */
    public SpatialTransformerAttributes transformType(Sampling.SpatialTransformer.Kind transformType) {
      given("transformType");
      this.transformType = transformType;
      return this;
    }

    /** The interpolation; must be given. */
    public SpatialTransformerAttributes samplerType(Sampling.SpatialTransformer.Sampler samplerType) {
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
  public static <T extends Tensor> T upSampling(int scale, Resampling.UpSampling.Type sampleType, T first, Tensor... others) {
    return one(new Resampling.UpSampling(scale, sampleType, Resampling.UpSampling.Join.CONCAT), first, others);
  }

  /** Each pixel as a block of {@code scale} by {@code scale}. */
  public static <T extends Tensor> T upSampling(int scale, Resampling.UpSampling.Type sampleType, List<? extends T> data) {
    return one(new Resampling.UpSampling(scale, sampleType, Resampling.UpSampling.Join.CONCAT), data);
  }

  /**
   * Each pixel as a block of {@code scale} by {@code scale}. Further inputs are brought to the size
   * of the first and joined along the channels, or added.
   *
   * <p>MXNet {@code UpSampling}; ONNX {@code Resize}.
   */
  public static <T extends Tensor> T upSampling(List<? extends T> data, Consumer<UpSamplingAttributes> attributes) {
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
