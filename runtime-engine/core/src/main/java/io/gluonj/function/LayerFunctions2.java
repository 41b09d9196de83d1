package io.gluonj.function;

import io.gluonj.op.Deconvolution;
import io.gluonj.op.Draws;
import io.gluonj.op.Dropout;
import io.gluonj.op.Einsum;
import io.gluonj.op.FullyConnected;
import io.gluonj.op.Scans;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class LayerFunctions2 extends LayerFunctions permits LayerFunctions3 {
  LayerFunctions2() {}

  /**
   * MXNet's Deconvolution in one to three spatial dimensions, the transpose of {@code Convolution}:
   * data (N, C, spatial…), weight (C, num_filter / num_group, kernel…), bias (num_filter). Output
   * extents are {@code stride (x - 1) + dilate (kernel - 1) + 1 - 2 pad + adj}; a {@code
   * target_shape} replaces pad and adj by those that lead to it, the odd element cut in front.
   *
   * <p>MXNet {@code Deconvolution}.
   */
  public static <T extends Tensor> T deconvolution(
      T data, T weight, Tensor bias, Consumer<DeconvolutionAttributes> attributes) {
    return one(set(new DeconvolutionAttributes(), attributes).op(false), data, weight, bias);
  }

  /**
   * MXNet's Deconvolution in one to three spatial dimensions, the transpose of {@code Convolution}:
   * data (N, C, spatial…), weight (C, num_filter / num_group, kernel…), bias (num_filter).
   */
  public static <T extends Tensor> T deconvolution(
      T data, T weight, Consumer<DeconvolutionAttributes> attributes) {
    return one(set(new DeconvolutionAttributes(), attributes).op(true), data, weight);
  }

  /** Attributes of {@code deconvolution}. */
  public static final class DeconvolutionAttributes extends Attributes {
    private List<Long> kernel = List.of();
    private List<Long> stride = List.of();
    private List<Long> dilate = List.of();
    private List<Long> pad = List.of();
    private List<Long> adj = List.of();
    private List<Long> targetShape = List.of();
    private long numFilter = 0L;
    private long numGroup = 1L;
    private Optional<String> layout = Optional.empty();

    private DeconvolutionAttributes() {}

    /** The extents of the window; must be given. */
    public DeconvolutionAttributes kernel(long... kernel) {
      given("kernel");
      this.kernel = list(kernel);
      return this;
    }

    /** The steps of the window; 1 where left out. */
    public DeconvolutionAttributes stride(long... stride) {
      this.stride = list(stride);
      return this;
    }

    /** The distances between the window's elements; 1 where left out. */
    public DeconvolutionAttributes dilate(long... dilate) {
      this.dilate = list(dilate);
      return this;
    }

    /** How far the window reaches over each edge; 0 where left out. */
    public DeconvolutionAttributes pad(long... pad) {
      this.pad = list(pad);
      return this;
    }

    /** Elements added behind, below the reach of the kernel; none by default. */
    public DeconvolutionAttributes adj(long... adj) {
      this.adj = list(adj);
      return this;
    }

    /** Height and width of the result; none by default. */
    public DeconvolutionAttributes targetShape(long... targetShape) {
      this.targetShape = list(targetShape);
      return this;
    }

    /** The number of output channels; must be given. */
    public DeconvolutionAttributes numFilter(long numFilter) {
      given("numFilter");
      this.numFilter = numFilter;
      return this;
    }

    /** The number of groups of channels that do not see each other; 1 by default. */
    public DeconvolutionAttributes numGroup(long numGroup) {
      this.numGroup = numGroup;
      return this;
    }

    /** NCW, NCHW or NCDHW, or absent for the one that fits the kernel; none by default. */
    public DeconvolutionAttributes layout(String layout) {
      this.layout = Optional.of(layout);
      return this;
    }

    private Deconvolution op(boolean noBias) {
      require("deconvolution", "kernel", "numFilter");
      return new Deconvolution(
          kernel, stride, dilate, pad, adj, targetShape, numFilter, numGroup, noBias, layout);
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
   * Logits (…, n) of which only the best stay, the others being minus infinity: the {@code topK}
   * largest (0 for all), and of these the fewest whose share of the probability reaches {@code
   * topP} (Holtzman et al., ICLR 2020; 1 for all).
   */
  public static <T extends Tensor> T filterLogits(T logits) {
    return one(new Draws.FilterLogits(0, 1), logits);
  }

  /**
   * Logits (…, n) of which only the best stay, the others being minus infinity: the {@code topK}
   * largest (0 for all), and of these the fewest whose share of the probability reaches {@code
   * topP} (Holtzman et al., ICLR 2020; 1 for all). At least one stays, and with it all that equal
   * the last one that does.
   */
  public static <T extends Tensor> T filterLogits(
      T logits, Consumer<FilterLogitsAttributes> attributes) {
    return one(set(new FilterLogitsAttributes(), attributes).op(), logits);
  }

  /** Attributes of {@code filterLogits}. */
  public static final class FilterLogitsAttributes extends Attributes {
    private int topK = 0;
    private double topP = 1;

    private FilterLogitsAttributes() {}

    /** MXNet's {@code top_k}; 0 by default. */
    public FilterLogitsAttributes topK(int topK) {
      this.topK = topK;
      return this;
    }

    /** MXNet's {@code top_p}; 1 by default. */
    public FilterLogitsAttributes topP(double topP) {
      this.topP = topP;
      return this;
    }

    private Draws.FilterLogits op() {
      return new Draws.FilterLogits(topK, topP);
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

  /** Logarithms of the sums of exponentials, without overflow. */
  public static <T extends Tensor> T logcumsumexp(T data) {
    return one(new Scans.LogCumulativeSumExp(0), data);
  }

  /** Logarithms of the sums of exponentials, without overflow. */
  public static <T extends Tensor> T logcumsumexp(
      T data, Consumer<LogcumsumexpAttributes> attributes) {
    return one(set(new LogcumsumexpAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code logcumsumexp}. */
  public static final class LogcumsumexpAttributes extends Attributes {
    private int axis = 0;

    private LogcumsumexpAttributes() {}

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public LogcumsumexpAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Scans.LogCumulativeSumExp op() {
      return new Scans.LogCumulativeSumExp(axis);
    }
  }

  /**
   * A sum of products over named axes (Einstein, 1916), as {@code numpy.einsum}: {@code
   * "ij,jk->ik"} is the matrix product. A letter that occurs twice in one operand takes a diagonal,
   * one that is missing in the result is summed over, {@code ...} stands for axes without a name.
   * Axes of extent 1 broadcast. Expanded into diagonals, sums and matrix products of two operands
   * at a time, of all pairs the one with the fewest multiplications first.
   *
   * <p>MXNet {@code _npi_einsum}.
   */
  public static <T extends Tensor> T npiEinsum(String subscripts, T first, Tensor... others) {
    return one(new Einsum(subscripts), first, others);
  }

  /**
   * A sum of products over named axes (Einstein, 1916), as {@code numpy.einsum}: {@code
   * "ij,jk->ik"} is the matrix product.
   */
  public static <T extends Tensor> T npiEinsum(String subscripts, List<? extends T> data) {
    return one(new Einsum(subscripts), data);
  }
}
