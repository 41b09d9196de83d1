package io.gluonj.function;

import io.gluonj.op.Convolution;
import io.gluonj.op.Correlation;
import io.gluonj.op.CtcLoss;
import io.gluonj.op.Scans;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class LayerFunctions extends ProductFunctions2 permits LayerFunctions2 {
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
   * How patches of one feature map fit to displaced patches of another (Dosovitskiy et al.,
   * FlowNet, ICCV 2015; MXNet: {@code Correlation}): the mean over a patch and all channels of the
   * products, or of the absolute differences.
   */
  public static <T extends Tensor> T correlation(T data1, T data2) {
    return one(new Correlation(1L, 1L, 1L, 1L, 0L, true), data1, data2);
  }

  /**
   * How patches of one feature map fit to displaced patches of another (Dosovitskiy et al.,
   * FlowNet, ICCV 2015; MXNet: {@code Correlation}): the mean over a patch and all channels of the
   * products, or of the absolute differences. Inputs (batch, channels, height, width), both padded
   * with zeros; result (batch, displacements, height, width), vertical displacements outermost.
   *
   * <p>MXNet {@code Correlation}.
   */
  public static <T extends Tensor> T correlation(
      T data1, T data2, Consumer<CorrelationAttributes> attributes) {
    return one(set(new CorrelationAttributes(), attributes).op(), data1, data2);
  }

  /** Attributes of {@code correlation}. */
  public static final class CorrelationAttributes extends Attributes {
    private long kernelSize = 1L;
    private long maxDisplacement = 1L;
    private long stride1 = 1L;
    private long stride2 = 1L;
    private long padSize = 0L;
    private boolean isMultiply = true;

    private CorrelationAttributes() {}

    /** Extent of a patch, odd; 1 by default. */
    public CorrelationAttributes kernelSize(long kernelSize) {
      this.kernelSize = kernelSize;
      return this;
    }

    /** Largest displacement, in elements; 1 by default. */
    public CorrelationAttributes maxDisplacement(long maxDisplacement) {
      this.maxDisplacement = maxDisplacement;
      return this;
    }

    /** Between patches of the first map; 1 by default. */
    public CorrelationAttributes stride1(long stride1) {
      this.stride1 = stride1;
      return this;
    }

    /** Between displacements; 1 by default. */
    public CorrelationAttributes stride2(long stride2) {
      this.stride2 = stride2;
      return this;
    }

    /** MXNet's {@code pad_size}; 0 by default. */
    public CorrelationAttributes padSize(long padSize) {
      this.padSize = padSize;
      return this;
    }

    /** Whether products are meant, else absolute differences; true by default. */
    public CorrelationAttributes isMultiply(boolean isMultiply) {
      this.isMultiply = isMultiply;
      return this;
    }

    private Correlation op() {
      return new Correlation(kernelSize, maxDisplacement, stride1, stride2, padSize, isMultiply);
    }
  }

  /**
   * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
   * each sequence the negative logarithm of the probability that its steps, after repeated classes
   * are merged and blanks removed, spell its label.
   */
  public static <T extends Tensor> T ctcLoss(
      T data, T label, Tensor dataLengths, Tensor labelLengths) {
    return one(
        new CtcLoss(true, true, CtcLoss.Blank.FIRST), data, label, dataLengths, labelLengths);
  }

  /**
   * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
   * each sequence the negative logarithm of the probability that its steps, after repeated classes
   * are merged and blanks removed, spell its label.
   *
   * <p>Inputs: data (steps, batch, classes), scores before softmax; label (batch, n), class
   * numbers; with the flags, the number of steps and of labels that count in each sequence. Without
   * label lengths a label ends before the first 0, where the blank is the first class, else before
   * the first -1. Result: (batch).
   *
   * <p>A sequence too short for its label counts nothing, as in MXNet: its loss and gradient are 0.
   * A label that is no class makes the loss of its sequence NaN.
   *
   * <p>MXNet {@code CTCLoss}.
   */
  public static <T extends Tensor> T ctcLoss(
      T data,
      T label,
      Tensor dataLengths,
      Tensor labelLengths,
      Consumer<CtcLossAttributes> attributes) {
    return one(
        set(new CtcLossAttributes(), attributes).op(true, true),
        data,
        label,
        dataLengths,
        labelLengths);
  }

  /**
   * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
   * each sequence the negative logarithm of the probability that its steps, after repeated classes
   * are merged and blanks removed, spell its label.
   */
  public static <T extends Tensor> T ctcLoss(T data, T label, Tensor dataLengths) {
    return one(new CtcLoss(true, false, CtcLoss.Blank.FIRST), data, label, dataLengths);
  }

  /**
   * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
   * each sequence the negative logarithm of the probability that its steps, after repeated classes
   * are merged and blanks removed, spell its label.
   */
  public static <T extends Tensor> T ctcLoss(
      T data, T label, Tensor dataLengths, Consumer<CtcLossAttributes> attributes) {
    return one(set(new CtcLossAttributes(), attributes).op(true, false), data, label, dataLengths);
  }

  /**
   * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
   * each sequence the negative logarithm of the probability that its steps, after repeated classes
   * are merged and blanks removed, spell its label.
   */
  public static <T extends Tensor> T ctcLoss(T data, T label) {
    return one(new CtcLoss(false, false, CtcLoss.Blank.FIRST), data, label);
  }

  /**
   * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
   * each sequence the negative logarithm of the probability that its steps, after repeated classes
   * are merged and blanks removed, spell its label.
   */
  public static <T extends Tensor> T ctcLoss(
      T data, T label, Consumer<CtcLossAttributes> attributes) {
    return one(set(new CtcLossAttributes(), attributes).op(false, false), data, label);
  }

  /** Attributes of {@code ctcLoss}. */
  public static final class CtcLossAttributes extends Attributes {
    private CtcLoss.Blank blankLabel = CtcLoss.Blank.FIRST;

    private CtcLossAttributes() {}

    /** Which class is the blank; {@code first} by default. */
    public CtcLossAttributes blankLabel(CtcLoss.Blank blankLabel) {
      this.blankLabel = blankLabel;
      return this;
    }

    private CtcLoss op(boolean useDataLengths, boolean useLabelLengths) {
      return new CtcLoss(useDataLengths, useLabelLengths, blankLabel);
    }
  }

  /** Maxima; of equal ones the first receives the gradient. */
  public static <T extends Tensor> T cummax(T data) {
    return one(new Scans.CumulativeMaximum(0), data);
  }

  /** Maxima; of equal ones the first receives the gradient. */
  public static <T extends Tensor> T cummax(T data, Consumer<CummaxAttributes> attributes) {
    return one(set(new CummaxAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code cummax}. */
  public static final class CummaxAttributes extends Attributes {
    private int axis = 0;

    private CummaxAttributes() {}

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public CummaxAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Scans.CumulativeMaximum op() {
      return new Scans.CumulativeMaximum(axis);
    }
  }

  /** Products. */
  public static <T extends Tensor> T cumprod(T data) {
    return one(new Scans.CumulativeProduct(0), data);
  }

  /** Products. */
  public static <T extends Tensor> T cumprod(T data, Consumer<CumprodAttributes> attributes) {
    return one(set(new CumprodAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code cumprod}. */
  public static final class CumprodAttributes extends Attributes {
    private int axis = 0;

    private CumprodAttributes() {}

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public CumprodAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Scans.CumulativeProduct op() {
      return new Scans.CumulativeProduct(axis);
    }
  }
}
