package io.gluonj.function;

import io.gluonj.op.ArgExtremum;
import io.gluonj.op.Cumulative;
import io.gluonj.op.Reduce;
import io.gluonj.op.Sorting;
import io.gluonj.op.Statistics;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ReductionFunctions extends ActivationFunctions2
    permits ReductionFunctions2 {
  ReductionFunctions() {}

  /**
   * Whether all elements are finite.
   *
   * <p>MXNet {@code all_finite}.
   */
  public static <T extends Tensor> T allFinite(T data) {
    return one(new Statistics.AllFinite(), data);
  }

  /** Whether {@code |a - b| <= atol + rtol * |b|} everywhere, uint8, rank 0. */
  public static <T extends Tensor> T allclose(T a, T b) {
    return one(new Statistics.AllClose(1.0E-5, 1.0E-8, true), a, b);
  }

  /**
   * Whether {@code |a - b| <= atol + rtol * |b|} everywhere, uint8, rank 0.
   *
   * <p>MXNet {@code _contrib_allclose}.
   */
  public static <T extends Tensor> T allclose(T a, T b, Consumer<AllcloseAttributes> attributes) {
    return one(set(new AllcloseAttributes(), attributes).op(), a, b);
  }

  /** Attributes of {@code allclose}. */
  public static final class AllcloseAttributes extends Attributes {
    private double rtol = 1.0E-5;
    private double atol = 1.0E-8;
    private boolean equalNan = true;

    private AllcloseAttributes() {}

    /** The relative tolerance; 1.0E-5 by default. */
    public AllcloseAttributes rtol(double rtol) {
      this.rtol = rtol;
      return this;
    }

    /** The absolute tolerance; 1.0E-8 by default. */
    public AllcloseAttributes atol(double atol) {
      this.atol = atol;
      return this;
    }

    /** Whether two NaN are equal; true by default. */
    public AllcloseAttributes equalNan(boolean equalNan) {
      this.equalNan = equalNan;
      return this;
    }

    private Statistics.AllClose op() {
      return new Statistics.AllClose(rtol, atol, equalNan);
    }
  }

  /** Position of the first maximum, as float32 like MXNet. */
  public static <T extends Tensor> T argmax(T data, int axis) {
    return one(new ArgExtremum.Argmax(Optional.of(axis), false), data);
  }

  /** Position of the first maximum, as float32 like MXNet. */
  public static <T extends Tensor> T argmax(T data) {
    return one(new ArgExtremum.Argmax(Optional.empty(), false), data);
  }

  /**
   * Position of the first maximum, as float32 like MXNet.
   *
   * <p>MXNet {@code argmax}; ONNX {@code ArgMax}.
   */
  public static <T extends Tensor> T argmax(T data, Consumer<ArgmaxAttributes> attributes) {
    return one(set(new ArgmaxAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code argmax}. */
  public static final class ArgmaxAttributes extends Attributes {
    private Optional<Integer> axis = Optional.empty();
    private boolean keepdims = false;

    private ArgmaxAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public ArgmaxAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public ArgmaxAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    private ArgExtremum.Argmax op() {
      return new ArgExtremum.Argmax(axis, keepdims);
    }
  }

  /** Position of the first minimum, as float32 like MXNet. */
  public static <T extends Tensor> T argmin(T data, int axis) {
    return one(new ArgExtremum.Argmin(Optional.of(axis), false), data);
  }

  /** Position of the first minimum, as float32 like MXNet. */
  public static <T extends Tensor> T argmin(T data) {
    return one(new ArgExtremum.Argmin(Optional.empty(), false), data);
  }

  /**
   * Position of the first minimum, as float32 like MXNet.
   *
   * <p>MXNet {@code argmin}; ONNX {@code ArgMin}.
   */
  public static <T extends Tensor> T argmin(T data, Consumer<ArgminAttributes> attributes) {
    return one(set(new ArgminAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code argmin}. */
  public static final class ArgminAttributes extends Attributes {
    private Optional<Integer> axis = Optional.empty();
    private boolean keepdims = false;

    private ArgminAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public ArgminAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public ArgminAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    private ArgExtremum.Argmin op() {
      return new ArgExtremum.Argmin(axis, keepdims);
    }
  }

  /** The positions of the elements in order. */
  public static <T extends Tensor> T argsort(T data) {
    return one(new Sorting.Argsort(Optional.of(-1), true, DType.FLOAT32), data);
  }

  /**
   * The positions of the elements in order.
   *
   * <p>MXNet {@code argsort}.
   */
  public static <T extends Tensor> T argsort(T data, Consumer<ArgsortAttributes> attributes) {
    return one(set(new ArgsortAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code argsort}. */
  public static final class ArgsortAttributes extends Attributes {
    private Optional<Integer> axis = Optional.of(-1);
    private boolean isAscend = true;
    private DType dtype = DType.FLOAT32;

    private ArgsortAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public ArgsortAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /** Whether the smallest come first; true by default. */
    public ArgsortAttributes isAscend(boolean isAscend) {
      this.isAscend = isAscend;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public ArgsortAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Sorting.Argsort op() {
      return new Sorting.Argsort(axis, isAscend, dtype);
    }
  }

  /** Sums of all elements up to each one, along an axis or over all elements as one. */
  public static <T extends Tensor> T cumsum(T a) {
    return one(new Cumulative(Optional.empty(), Optional.empty()), a);
  }

  /**
   * Sums of all elements up to each one, along an axis or over all elements as one.
   *
   * <p>MXNet {@code cumsum}; ONNX {@code CumSum}.
   */
  public static <T extends Tensor> T cumsum(T a, Consumer<CumsumAttributes> attributes) {
    return one(set(new CumsumAttributes(), attributes).op(), a);
  }

  /** Attributes of {@code cumsum}. */
  public static final class CumsumAttributes extends Attributes {
    private Optional<Integer> axis = Optional.empty();
    private Optional<DType> dtype = Optional.empty();

    private CumsumAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public CumsumAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /** The element type of the result; none by default. */
    public CumsumAttributes dtype(DType dtype) {
      this.dtype = Optional.of(dtype);
      return this;
    }

    private Cumulative op() {
      return new Cumulative(axis, dtype);
    }
  }

  /** Maximum; equal maxima all receive the gradient, as in MXNet. */
  public static <T extends Tensor> T max(T data, int... axis) {
    return one(new Reduce.Max(list(axis), false, false), data);
  }

  /**
   * Maximum; equal maxima all receive the gradient, as in MXNet.
   *
   * <p>MXNet {@code max}; ONNX {@code ReduceMax}.
   */
  public static <T extends Tensor> T max(T data, Consumer<MaxAttributes> attributes) {
    return one(set(new MaxAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code max}. */
  public static final class MaxAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private MaxAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public MaxAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public MaxAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public MaxAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Reduce.Max op() {
      return new Reduce.Max(axis, keepdims, exclude);
    }
  }

  /** Arithmetic mean over the given axes, or over all. */
  public static <T extends Tensor> T mean(T data, int... axis) {
    return one(new Reduce.Mean(list(axis), false, false), data);
  }

  /**
   * Arithmetic mean over the given axes, or over all.
   *
   * <p>MXNet {@code mean}; ONNX {@code ReduceMean}.
   */
  public static <T extends Tensor> T mean(T data, Consumer<MeanAttributes> attributes) {
    return one(set(new MeanAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code mean}. */
  public static final class MeanAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private MeanAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public MeanAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public MeanAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public MeanAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Reduce.Mean op() {
      return new Reduce.Mean(axis, keepdims, exclude);
    }
  }
}
