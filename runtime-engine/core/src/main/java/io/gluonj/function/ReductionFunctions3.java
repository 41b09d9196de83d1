package io.gluonj.function;

import io.gluonj.op.Reduce;
import io.gluonj.op.Sorting;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ReductionFunctions3 extends ReductionFunctions2
    permits ShapeFunctions {
  ReductionFunctions3() {}

  /** Sum over the given axes, or over all. */
  public static <T extends Tensor> T sum(T data, int... axis) {
    return one(new Reduce.Sum(list(axis), false, false), data);
  }

  /**
   * Sum over the given axes, or over all.
   *
   * <p>MXNet {@code sum}; ONNX {@code ReduceSum}.
   */
  public static <T extends Tensor> T sum(T data, Consumer<SumAttributes> attributes) {
    return one(set(new SumAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code sum}. */
  public static final class SumAttributes extends Attributes {
    private List<Integer> axis = List.of();
    private boolean keepdims = false;
    private boolean exclude = false;

    private SumAttributes() {}

    /** The axis, or axes; negative ones count from the last; none by default. */
    public SumAttributes axis(int... axis) {
      this.axis = list(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public SumAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** Whether all axes but those given are reduced; false by default. */
    public SumAttributes exclude(boolean exclude) {
      this.exclude = exclude;
      return this;
    }

    private Reduce.Sum op() {
      return new Reduce.Sum(axis, keepdims, exclude);
    }
  }

  /** The first {@code k} elements in order: by default the largest. */
  public static <T extends Tensor> T topk(T data) {
    return one(
        new Sorting.TopK(Optional.of(-1), 1L, Sorting.TopK.Result.INDICES, false, DType.FLOAT32),
        data);
  }

  /**
   * The first {@code k} elements in order: by default the largest. {@code k} 0 means all.
   *
   * <p>MXNet {@code topk}; ONNX {@code TopK}.
   */
  public static <T extends Tensor> T topk(T data, Consumer<TopkAttributes> attributes) {
    return one(set(new TopkAttributes(), attributes).op(), data);
  }

  /** The first {@code k} elements in order: by default the largest. */
  public static <T extends Tensor> List<T> topkOutputs(
      T data, Consumer<TopkAttributes> attributes) {
    return all(set(new TopkAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code topk}. */
  public static final class TopkAttributes extends Attributes {
    private Optional<Integer> axis = Optional.of(-1);
    private long k = 1L;
    private Sorting.TopK.Result retTyp = Sorting.TopK.Result.INDICES;
    private boolean isAscend = false;
    private DType dtype = DType.FLOAT32;

    private TopkAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public TopkAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /**
     * How many, or which diagonal: 0 is the main one and positive ones lie above it; 1 by default.
     */
    public TopkAttributes k(long k) {
      this.k = k;
      return this;
    }

    /** What is returned; {@code indices} by default. */
    public TopkAttributes retTyp(Sorting.TopK.Result retTyp) {
      this.retTyp = retTyp;
      return this;
    }

    /** Whether the smallest come first; false by default. */
    public TopkAttributes isAscend(boolean isAscend) {
      this.isAscend = isAscend;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public TopkAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Sorting.TopK op() {
      return new Sorting.TopK(axis, k, retTyp, isAscend, dtype);
    }
  }
}
