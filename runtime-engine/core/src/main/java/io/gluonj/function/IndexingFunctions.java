package io.gluonj.function;

import io.gluonj.op.Indexing;
import io.gluonj.op.Indices;
import io.gluonj.op.Lookups;
import io.gluonj.op.OneHot;
import io.gluonj.op.Pick;
import io.gluonj.op.Slicing;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class IndexingFunctions extends ShapeFunctions2 permits IndexingFunctions2 {
  IndexingFunctions() {}

  /**
   * Position of the maximum along axis 1.
   *
   * <p>MXNet {@code argmax_channel}.
   */
  public static <T extends Tensor> T argmaxChannel(T data) {
    return one(new Indices.ArgmaxChannel(), data);
  }

  /**
   * {@code a[i, indices[i]]}.
   *
   * <p>MXNet {@code batch_take}.
   */
  public static <T extends Tensor> T batchTake(T a, T indices) {
    return one(new Indices.BatchTake(), a, indices);
  }

  /** Rows of a weight (inputDim, outputDim), one for each element of the data. */
  public static <T extends Tensor> T embedding(T data, T weight, long inputDim, long outputDim) {
    return one(new Indexing.Embedding(inputDim, outputDim, DType.FLOAT32, false), data, weight);
  }

  /**
   * Rows of a weight (inputDim, outputDim), one for each element of the data. Indices out of range
   * mean the nearest row.
   *
   * <p>MXNet {@code Embedding}; ONNX {@code Gather}.
   */
  public static <T extends Tensor> T embedding(
      T data, T weight, Consumer<EmbeddingAttributes> attributes) {
    return one(set(new EmbeddingAttributes(), attributes).op(), data, weight);
  }

  /** Attributes of {@code embedding}. */
  public static final class EmbeddingAttributes extends Attributes {
    private long inputDim = 0L;
    private long outputDim = 0L;
    private DType dtype = DType.FLOAT32;
    private boolean sparseGrad = false;

    private EmbeddingAttributes() {}

    /** The number of rows of weight; must be given. */
    public EmbeddingAttributes inputDim(long inputDim) {
      given("inputDim");
      this.inputDim = inputDim;
      return this;
    }

    /** The extent of a row of weight; must be given. */
    public EmbeddingAttributes outputDim(long outputDim) {
      given("outputDim");
      this.outputDim = outputDim;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public EmbeddingAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    /** Whether MXNet would make a sparse gradient; here gradients are dense; false by default. */
    public EmbeddingAttributes sparseGrad(boolean sparseGrad) {
      this.sparseGrad = sparseGrad;
      return this;
    }

    private Indexing.Embedding op() {
      require("embedding", "inputDim", "outputDim");
      return new Indexing.Embedding(inputDim, outputDim, dtype, sparseGrad);
    }
  }

  /**
   * Parts of {@code data} whose leading positions are the columns of {@code indices}, shape (m, …):
   * {@code y[i…] = data[indices[0, i…], …, indices[m-1, i…]]}. Indices wrap, as in MXNet.
   *
   * <p>MXNet {@code gather_nd}; ONNX {@code GatherND}.
   */
  public static <T extends Tensor> T gatherNd(T data, T indices) {
    return one(new Lookups.GatherNd(), data, indices);
  }

  /**
   * {@code old} with the rows that {@code index} names replaced by those of {@code new}.
   *
   * <p>MXNet {@code _contrib_index_copy}.
   */
  public static <T extends Tensor> T indexCopy(T oldTensor, T indexVector, T newTensor) {
    return one(new Indexing.IndexCopy(), oldTensor, indexVector, newTensor);
  }

  /**
   * A new last axis of {@code depth} elements: {@code onValue} at the index, {@code offValue} else.
   */
  public static <T extends Tensor> T oneHot(T indices, long depth) {
    return one(new OneHot(depth, 1, 0, DType.FLOAT32), indices);
  }

  /**
   * A new last axis of {@code depth} elements: {@code onValue} at the index, {@code offValue} else.
   *
   * <p>MXNet {@code one_hot}; ONNX {@code OneHot}.
   */
  public static <T extends Tensor> T oneHot(T indices, Consumer<OneHotAttributes> attributes) {
    return one(set(new OneHotAttributes(), attributes).op(), indices);
  }

  /** Attributes of {@code oneHot}. */
  public static final class OneHotAttributes extends Attributes {
    private long depth = 0L;
    private double onValue = 1;
    private double offValue = 0;
    private DType dtype = DType.FLOAT32;

    private OneHotAttributes() {}

    /** The extent of the new axis; must be given. */
    public OneHotAttributes depth(long depth) {
      given("depth");
      this.depth = depth;
      return this;
    }

    /** The value at the index; 1 by default. */
    public OneHotAttributes onValue(double onValue) {
      this.onValue = onValue;
      return this;
    }

    /** The value elsewhere; 0 by default. */
    public OneHotAttributes offValue(double offValue) {
      this.offValue = offValue;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public OneHotAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private OneHot op() {
      require("oneHot", "depth");
      return new OneHot(depth, onValue, offValue, dtype);
    }
  }

  /**
   * Takes one element along {@code axis} (default the last) for each index: {@code y[i] = x[i,
   * index[i]]}.
   */
  public static <T extends Tensor> T pick(T data, T index, int axis) {
    return one(new Pick(Optional.of(axis), false, Pick.Mode.CLIP), data, index);
  }

  /**
   * Takes one element along {@code axis} (default the last) for each index: {@code y[i] = x[i,
   * index[i]]}.
   */
  public static <T extends Tensor> T pick(T data, T index) {
    return one(new Pick(Optional.of(-1), false, Pick.Mode.CLIP), data, index);
  }

  /**
   * Takes one element along {@code axis} (default the last) for each index: {@code y[i] = x[i,
   * index[i]]}.
   *
   * <p>MXNet {@code pick}.
   */
  public static <T extends Tensor> T pick(T data, T index, Consumer<PickAttributes> attributes) {
    return one(set(new PickAttributes(), attributes).op(), data, index);
  }

  /** Attributes of {@code pick}. */
  public static final class PickAttributes extends Attributes {
    private Optional<Integer> axis = Optional.of(-1);
    private boolean keepdims = false;
    private Pick.Mode mode = Pick.Mode.CLIP;

    private PickAttributes() {}

    /** The axis, or axes; negative ones count from the last; -1 by default. */
    public PickAttributes axis(int axis) {
      this.axis = Optional.of(axis);
      return this;
    }

    /** Whether axes that are reduced stay, with extent 1; false by default. */
    public PickAttributes keepdims(boolean keepdims) {
      this.keepdims = keepdims;
      return this;
    }

    /** What happens to an index outside the axis; {@code clip} by default. */
    public PickAttributes mode(Pick.Mode mode) {
      this.mode = mode;
      return this;
    }

    private Pick op() {
      return new Pick(axis, keepdims, mode);
    }
  }

  /**
   * Coordinates (axes, …) in a tensor of the given shape as row-major positions.
   *
   * <p>MXNet {@code _ravel_multi_index}.
   */
  public static <T extends Tensor> T ravelMultiIndex(T data, long... shape) {
    return one(new Indices.RavelMultiIndex(list(shape)), data);
  }

  /** Joins the parameters of a recurrent network, as Concat does. */
  public static <T extends Tensor> T rnnParamConcat(T first, Tensor... others) {
    return one(new Indices.RnnParamConcat(1), first, others);
  }

  /** Joins the parameters of a recurrent network, as Concat does. */
  public static <T extends Tensor> T rnnParamConcat(List<? extends T> data) {
    return one(new Indices.RnnParamConcat(1), data);
  }

  /**
   * Joins the parameters of a recurrent network, as Concat does.
   *
   * <p>MXNet {@code _rnn_param_concat}.
   */
  public static <T extends Tensor> T rnnParamConcat(
      List<? extends T> data, Consumer<RnnParamConcatAttributes> attributes) {
    return one(set(new RnnParamConcatAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code rnnParamConcat}. */
  public static final class RnnParamConcatAttributes extends Attributes {
    private int dim = 1;

    private RnnParamConcatAttributes() {}

    /** The axis; 1 by default. */
    public RnnParamConcatAttributes dim(int dim) {
      this.dim = dim;
      return this;
    }

    private Indices.RnnParamConcat op() {
      return new Indices.RnnParamConcat(dim);
    }
  }

  /**
   * Places parts in a tensor of zeros: the inverse of {@code Lookups.GatherNd}. Parts with equal
   * indices are added.
   *
   * <p>MXNet {@code scatter_nd}; ONNX {@code ScatterND}.
   */
  public static <T extends Tensor> T scatterNd(T data, T indices, long... shape) {
    return one(new Indexing.ScatterNd(list(shape)), data, indices);
  }

  /**
   * Part of the leading axes; None takes an axis from its start or to its end.
   *
   * <p>MXNet {@code slice}; ONNX {@code Slice}.
   */
  public static <T extends Tensor> T slice(T data, Consumer<SliceAttributes> attributes) {
    return one(set(new SliceAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code slice}. */
  public static final class SliceAttributes extends Attributes {
    private List<Optional<Long>> begin = List.of();
    private List<Optional<Long>> end = List.of();
    private List<Optional<Long>> step = List.of();

    private SliceAttributes() {}

    /** The first element, axis by axis; must be given. */
    public SliceAttributes begin(@Nullable Long... begin) {
      given("begin");
      this.begin = optional(begin);
      return this;
    }

    /** The element after the last, axis by axis; must be given. */
    public SliceAttributes end(@Nullable Long... end) {
      given("end");
      this.end = optional(end);
      return this;
    }

    /** The steps, axis by axis; none by default. */
    public SliceAttributes step(@Nullable Long... step) {
      this.step = optional(step);
      return this;
    }

    private Slicing.Slice op() {
      require("slice", "begin", "end");
      return new Slicing.Slice(begin, end, step);
    }
  }
}
