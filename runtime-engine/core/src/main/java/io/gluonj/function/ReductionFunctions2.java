package io.gluonj.function;

import io.gluonj.op.Norm;
import io.gluonj.op.Reduce;
import io.gluonj.op.Sorting;
import io.gluonj.op.Statistics;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ReductionFunctions2 extends ReductionFunctions
    permits ReductionFunctions3 {
  ReductionFunctions2() {}

  /** Minimum; equal minima all receive the gradient, as in MXNet. */
  public static <T extends Tensor> T min(T data, int... axis) {
    return one(new Reduce.Min(list(axis), false, false), data);
  }

  /**
   * Minimum; equal minima all receive the gradient, as in MXNet.
   *
   * <p>MXNet {@code min}; ONNX {@code ReduceMin}.
   */
  public static <T extends Tensor> T min(T data, Consumer<MinAttributes> attributes) {
    return one(set(new MinAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code min}. */
  public static final class MinAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private MinAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public MinAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public MinAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public MinAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Reduce.Min op() {
      return new Reduce.Min(axis, keepdims, exclude);
    }
  }

  /** Mean and (biased) variance over axes. */
  public static <T extends Tensor> List<T> moments(T data) {
    return all(new Statistics.Moments(List.of(), false), data);
  }

  /**
   * Mean and (biased) variance over axes.
   *
   * <p>MXNet {@code moments}.
   */
  public static <T extends Tensor> List<T> moments(T data, Consumer<MomentsAttributes> attributes) {
    return all(set(new MomentsAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code moments}. */
  public static final class MomentsAttributes extends Attributes {
    private List<Integer> axes = List.of();
    private boolean keepdims = false;

    private MomentsAttributes() {}

    /** The axes; negative ones count from the last; none by default. */
    public MomentsAttributes axes(int... axes) {
      this.axes = list(axes);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public MomentsAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    private Statistics.Moments op() {
      return new Statistics.Moments(axes, keepdims);
    }
  }

  /**
   * Whether all elements of all inputs are finite.
   *
   * <p>MXNet {@code multi_all_finite}.
   */
  public static <T extends Tensor> T multiAllFinite(T first, Tensor... others) {
    return one(new Statistics.MultiAllFinite(), first, others);
  }

  /** Whether all elements of all inputs are finite. */
  public static <T extends Tensor> T multiAllFinite(List<? extends T> data) {
    return one(new Statistics.MultiAllFinite(), data);
  }

  /**
   * The sum of squares of each input, as one vector.
   *
   * <p>MXNet {@code multi_sum_sq}.
   */
  public static <T extends Tensor> T multiSumSq(T first, Tensor... others) {
    return one(new Statistics.MultiSumSq(), first, others);
  }

  /** The sum of squares of each input, as one vector. */
  public static <T extends Tensor> T multiSumSq(List<? extends T> data) {
    return one(new Statistics.MultiSumSq(), data);
  }

  /** Product that passes over NaN. */
  public static <T extends Tensor> T nanprod(T data) {
    return one(new Statistics.NanProd(List.of(), false, false), data);
  }

  /**
   * Product that passes over NaN.
   *
   * <p>MXNet {@code nanprod}.
   */
  public static <T extends Tensor> T nanprod(T data, Consumer<NanprodAttributes> attributes) {
    return one(set(new NanprodAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code nanprod}. */
  public static final class NanprodAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private NanprodAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public NanprodAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public NanprodAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public NanprodAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Statistics.NanProd op() {
      return new Statistics.NanProd(axis, keepdims, exclude);
    }
  }

  /** Sum that passes over NaN. */
  public static <T extends Tensor> T nansum(T data) {
    return one(new Statistics.NanSum(List.of(), false, false), data);
  }

  /**
   * Sum that passes over NaN.
   *
   * <p>MXNet {@code nansum}.
   */
  public static <T extends Tensor> T nansum(T data, Consumer<NansumAttributes> attributes) {
    return one(set(new NansumAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code nansum}. */
  public static final class NansumAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private NansumAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public NansumAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public NansumAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public NansumAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Statistics.NanSum op() {
      return new Statistics.NanSum(axis, keepdims, exclude);
    }
  }

  /** The 1- or 2-norm over axes, or over all elements. */
  public static <T extends Tensor> T norm(T data) {
    return one(new Norm(2, List.of(), false), data);
  }

  /**
   * The 1- or 2-norm over axes, or over all elements.
   *
   * <p>MXNet {@code norm}.
   */
  public static <T extends Tensor> T norm(T data, Consumer<NormAttributes> attributes) {
    return one(set(new NormAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code norm}. */
  public static final class NormAttributes extends Attributes {
    private int ord = 2;
    private List<Integer> axis = List.of();
    private boolean keepdims = false;

    private NormAttributes() {}

    /** 1 or 2; 2 by default. */
    public NormAttributes ord(int ord) {
      this.ord = ord;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; none by default. */
    public NormAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public NormAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    private Norm op() {
      return new Norm(ord, axis, keepdims);
    }
  }

  /** Product; its gradient needs inputs other than 0. */
  public static <T extends Tensor> T prod(T data) {
    return one(new Reduce.Prod(List.of(), false, false), data);
  }

  /**
   * Product; its gradient needs inputs other than 0.
   *
   * <p>MXNet {@code prod}; ONNX {@code ReduceProd}.
   */
  public static <T extends Tensor> T prod(T data, Consumer<ProdAttributes> attributes) {
    return one(set(new ProdAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code prod}. */
  public static final class ProdAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private ProdAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public ProdAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public ProdAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public ProdAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Reduce.Prod op() {
      return new Reduce.Prod(axis, keepdims, exclude);
    }
  }

  /** The elements in order. */
  public static <T extends Tensor> T sort(T data) {
    return one(new Sorting.Sort(Optional.of(-1), true), data);
  }

  /**
   * The elements in order.
   *
   * <p>MXNet {@code sort}.
   */
  public static <T extends Tensor> T sort(T data, Consumer<SortAttributes> attributes) {
    return one(set(new SortAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code sort}. */
  public static final class SortAttributes extends Attributes {
    private Optional<Integer> axis = Optional.of(-1);
    private boolean isAscend = true;

    private SortAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public SortAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /** Whether the smallest come first; true by default. */
    public SortAttributes isAscend(boolean isAscend) {
      this.isAscend = isAscend;
      return this;
    }

    private Sorting.Sort op() {
      return new Sorting.Sort(axis, isAscend);
    }
  }
}
