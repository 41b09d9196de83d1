package io.gluonj.function;

import io.gluonj.op.Convolution;
import io.gluonj.op.Dropout;
import io.gluonj.op.FullyConnected;
import io.gluonj.op.Pooling;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class LayerFunctions extends ProductFunctions2
    permits NormalizationFunctions {
  LayerFunctions() {}

  /**
   * MXNet's Convolution in one to three spatial dimensions: data (N, C, spatial…), weight
   * (num_filter, C / num_group, kernel…), bias (num_filter). Output extents are {@code 1 + floor((x
   * + 2 pad - dilate (kernel - 1) - 1) / stride)}.
   *
   * <p>MXNet {@code Convolution}; ONNX {@code Conv}.
   */
  public static <T extends Tensor> T convolution(
      T data, T weight, Tensor bias, Consumer<ConvolutionAttributes> attributes) {
    return one(set(new ConvolutionAttributes(), attributes).op(false), data, weight, bias);
  }

  /**
   * MXNet's Convolution in one to three spatial dimensions: data (N, C, spatial…), weight
   * (num_filter, C / num_group, kernel…), bias (num_filter).
   */
  public static <T extends Tensor> T convolution(
      T data, T weight, Consumer<ConvolutionAttributes> attributes) {
    return one(set(new ConvolutionAttributes(), attributes).op(true), data, weight);
  }

  /** Attributes of {@code convolution}. */
  public static final class ConvolutionAttributes extends Attributes {
    private List<Long> kernel = List.of();
    private List<Long> stride = List.of();
    private List<Long> dilate = List.of();
    private List<Long> pad = List.of();
    private long numFilter = 0L;
    private long numGroup = 1L;
    private Optional<String> layout = Optional.empty();

    private ConvolutionAttributes() {}

    /** The extents of the window; must be given. */
    public ConvolutionAttributes kernel(long... kernel) {
      given("kernel");
      this.kernel = list(kernel);
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public ConvolutionAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** The distances between the window's elements; 1 where left out. */
    public ConvolutionAttributes dilate(long... dilate) {
      this.dilate = list(dilate);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public ConvolutionAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    /** The number of output channels; must be given. */
    public ConvolutionAttributes numFilter(long numFilter) {
      given("numFilter");
      this.numFilter = numFilter;
      return this;
    }

    /** The number of groups of channels that do not see each other; 1 by default. */
    public ConvolutionAttributes numGroup(long numGroup) {
      this.numGroup = numGroup;
      return this;
    }

    /** NCW, NCHW or NCDHW, or absent for the one that fits the kernel; none by default. */
    public ConvolutionAttributes layout(String layout) {
      this.layout = Optional.of(layout);
      return this;
    }

    private Convolution op(boolean noBias) {
      require("convolution", "kernel", "numFilter");
      return new Convolution(kernel, stride, dilate, pad, numFilter, numGroup, noBias, layout);
    }
  }

  /**
   * Sets elements to 0 with probability {@code p} and scales the others by {@code 1 / (1 - p)}, in
   * training mode only (Srivastava et al., JMLR 2014).
   */
  public static <T extends Tensor> T dropout(T data) {
    return one(new Dropout(0.5, Dropout.Mode.TRAINING, List.of()), data);
  }

  /**
   * Sets elements to 0 with probability {@code p} and scales the others by {@code 1 / (1 - p)}, in
   * training mode only (Srivastava et al., JMLR 2014). Along {@code axes} one decision serves all
   * elements. The hidden second output is the mask.
   *
   * <p>MXNet {@code Dropout}; ONNX {@code Dropout}.
   */
  public static <T extends Tensor> T dropout(T data, Consumer<DropoutAttributes> attributes) {
    return one(set(new DropoutAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code dropout}. */
  public static final class DropoutAttributes extends Attributes {
    private double p = 0.5;
    private Dropout.Mode mode = Dropout.Mode.TRAINING;
    private List<Integer> axes = List.of();

    private DropoutAttributes() {}

    /** The probability with which an element is dropped; 0.5 by default. */
    public DropoutAttributes p(double p) {
      this.p = p;
      return this;
    }

    /** Which variant; {@code training} by default. */
    public DropoutAttributes mode(Dropout.Mode mode) {
      this.mode = mode;
      return this;
    }

    /** The axes; negative ones count from the last; none by default. */
    public DropoutAttributes axes(int... axes) {
      this.axes = list(axes);
      return this;
    }

    private Dropout op() {
      return new Dropout(p, mode, axes);
    }
  }

  /**
   * Dense layer, {@code y = x Wᵀ + b}; with {@code flatten} all axes of x but the first are merged.
   */
  public static <T extends Tensor> T fullyConnected(T data, T weight, Tensor bias, long numHidden) {
    return one(new FullyConnected(numHidden, false, true), data, weight, bias);
  }

  /**
   * Dense layer, {@code y = x Wᵀ + b}; with {@code flatten} all axes of x but the first are merged.
   *
   * <p>MXNet {@code FullyConnected}; ONNX {@code Gemm}.
   */
  public static <T extends Tensor> T fullyConnected(
      T data, T weight, Tensor bias, Consumer<FullyConnectedAttributes> attributes) {
    return one(set(new FullyConnectedAttributes(), attributes).op(false), data, weight, bias);
  }

  /**
   * Dense layer, {@code y = x Wᵀ + b}; with {@code flatten} all axes of x but the first are merged.
   */
  public static <T extends Tensor> T fullyConnected(T data, T weight, long numHidden) {
    return one(new FullyConnected(numHidden, true, true), data, weight);
  }

  /**
   * Dense layer, {@code y = x Wᵀ + b}; with {@code flatten} all axes of x but the first are merged.
   */
  public static <T extends Tensor> T fullyConnected(
      T data, T weight, Consumer<FullyConnectedAttributes> attributes) {
    return one(set(new FullyConnectedAttributes(), attributes).op(true), data, weight);
  }

  /** Attributes of {@code fullyConnected}. */
  public static final class FullyConnectedAttributes extends Attributes {
    private long numHidden = 0L;
    private boolean flatten = true;

    private FullyConnectedAttributes() {}

    /** The extent of the new last axis; must be given. */
    public FullyConnectedAttributes numHidden(long numHidden) {
      given("numHidden");
      this.numHidden = numHidden;
      return this;
    }

    /** Whether all axes but the first are merged before; true by default. */
    public FullyConnectedAttributes flatten(boolean flatten) {
      this.flatten = flatten;
      return this;
    }

    private FullyConnected op(boolean noBias) {
      require("fullyConnected", "numHidden");
      return new FullyConnected(numHidden, noBias, flatten);
    }
  }

  /** MXNet's Pooling over one to three spatial axes. */
  public static <T extends Tensor> T pooling(T data) {
    return one(
        new Pooling(
            List.of(),
            Pooling.Type.MAX,
            false,
            Pooling.Convention.VALID,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        data);
  }

  /**
   * MXNet's Pooling over one to three spatial axes. Convention {@code valid} rounds output extents
   * down, {@code full} up. A mean divides by the elements under the window including padding, or
   * without it if {@code countIncludePad} is false.
   *
   * <p>MXNet {@code Pooling}.
   */
  public static <T extends Tensor> T pooling(T data, Consumer<PoolingAttributes> attributes) {
    return one(set(new PoolingAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code pooling}. */
  public static final class PoolingAttributes extends Attributes {
    private List<Long> kernel = List.of();
    private Pooling.Type poolType = Pooling.Type.MAX;
    private boolean globalPool = false;
    private Pooling.Convention poolingConvention = Pooling.Convention.VALID;
    private List<Long> stride = List.of();
    private List<Long> pad = List.of();
    private Optional<Boolean> countIncludePad = Optional.empty();
    private Optional<String> layout = Optional.empty();

    private PoolingAttributes() {}

    /** The extents of the window; none by default. */
    public PoolingAttributes kernel(long... kernel) {
      this.kernel = list(kernel);
      return this;
    }

    /** What is made of a window; {@code max} by default. */
    public PoolingAttributes poolType(Pooling.Type poolType) {
      this.poolType = poolType;
      return this;
    }

    /** Whether the window is the whole image; false by default. */
    public PoolingAttributes globalPool(boolean globalPool) {
      this.globalPool = globalPool;
      return this;
    }

    /** How extents that do not divide evenly are rounded; {@code valid} by default. */
    public PoolingAttributes poolingConvention(Pooling.Convention poolingConvention) {
      this.poolingConvention = poolingConvention;
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public PoolingAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public PoolingAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    /** Whether the mean of a window counts the padding; none by default. */
    public PoolingAttributes countIncludePad(boolean countIncludePad) {
      this.countIncludePad = Optional.of(countIncludePad);
      return this;
    }

    /** The order of the axes; left out, channels come right after the batch. */
    public PoolingAttributes layout(String layout) {
      this.layout = Optional.of(layout);
      return this;
    }

    private Pooling op() {
      return new Pooling(
          kernel, poolType, globalPool, poolingConvention, stride, pad, countIncludePad, layout);
    }
  }
}
