package io.gluonj.function;

import io.gluonj.op.Pooling;
import io.gluonj.op.RecurrentCell;
import io.gluonj.op.Rnn;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class LayerFunctions3 extends LayerFunctions2 permits LayerFunctions4 {
  LayerFunctions3() {}

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

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> T rnn(
      T data,
      T parameters,
      T state,
      Tensor stateCell,
      Tensor sequenceLength,
      long stateSize,
      int numLayers,
      RecurrentCell mode) {
    return one(
        new Rnn(stateSize, numLayers, mode, false, 0, false, true),
        data,
        parameters,
        state,
        stateCell,
        sequenceLength);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence. Inputs: data (T, N, C); all parameters as one vector; the states before the first
   * step (layers * directions, N, state_size); for an LSTM the memory cells, shaped alike; last, if
   * they differ in length, the number of steps of each sequence (N). Outputs: the states of the
   * last layer (T, N, directions * state_size), zeros behind a sequence's end; with {@code
   * stateOutputs} the states after the last step, and for an LSTM the memory cells.
   *
   * <p>The parameters are, for each layer and in it for each direction, the weight of the input and
   * that of the state, and after all weights in the same order the two biases. Between layers,
   * elements are dropped with probability {@code p} in training.
   *
   * <p>MXNet {@code RNN}.
   */
  public static <T extends Tensor> T rnn(
      T data,
      T parameters,
      T state,
      Tensor stateCell,
      Tensor sequenceLength,
      Consumer<RnnAttributes> attributes) {
    return one(
        set(new RnnAttributes(), attributes).op(true),
        data,
        parameters,
        state,
        stateCell,
        sequenceLength);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> List<T> rnnOutputs(
      T data,
      T parameters,
      T state,
      Tensor stateCell,
      Tensor sequenceLength,
      Consumer<RnnAttributes> attributes) {
    return all(
        set(new RnnAttributes(), attributes).op(true),
        data,
        parameters,
        state,
        stateCell,
        sequenceLength);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> T rnn(
      T data,
      T parameters,
      T state,
      Tensor stateCell,
      long stateSize,
      int numLayers,
      RecurrentCell mode) {
    return one(
        new Rnn(stateSize, numLayers, mode, false, 0, false, false),
        data,
        parameters,
        state,
        stateCell);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> T rnn(
      T data, T parameters, T state, Tensor stateCell, Consumer<RnnAttributes> attributes) {
    return one(set(new RnnAttributes(), attributes).op(false), data, parameters, state, stateCell);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> List<T> rnnOutputs(
      T data, T parameters, T state, Tensor stateCell, Consumer<RnnAttributes> attributes) {
    return all(set(new RnnAttributes(), attributes).op(false), data, parameters, state, stateCell);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> T rnn(
      T data, T parameters, T state, long stateSize, int numLayers, RecurrentCell mode) {
    return one(
        new Rnn(stateSize, numLayers, mode, false, 0, false, false), data, parameters, state);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> T rnn(
      T data, T parameters, T state, Consumer<RnnAttributes> attributes) {
    return one(set(new RnnAttributes(), attributes).op(false), data, parameters, state);
  }

  /**
   * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
   * sequence.
   */
  public static <T extends Tensor> List<T> rnnOutputs(
      T data, T parameters, T state, Consumer<RnnAttributes> attributes) {
    return all(set(new RnnAttributes(), attributes).op(false), data, parameters, state);
  }

  /** Attributes of {@code rnn}. */
  public static final class RnnAttributes extends Attributes {
    private long stateSize = 0L;
    private int numLayers = 0;
    private RecurrentCell mode = RecurrentCell.LSTM;
    private boolean bidirectional = false;
    private double p = 0;
    private boolean stateOutputs = false;

    private RnnAttributes() {}

    /** MXNet's {@code state_size}; must be given. */
    public RnnAttributes stateSize(long stateSize) {
      given("stateSize");
      this.stateSize = stateSize;
      return this;
    }

    /** MXNet's {@code num_layers}; must be given. */
    public RnnAttributes numLayers(int numLayers) {
      given("numLayers");
      this.numLayers = numLayers;
      return this;
    }

    /** Which variant; must be given. */
    public RnnAttributes mode(RecurrentCell mode) {
      given("mode");
      this.mode = mode;
      return this;
    }

    /** MXNet's {@code bidirectional}; false by default. */
    public RnnAttributes bidirectional(boolean bidirectional) {
      this.bidirectional = bidirectional;
      return this;
    }

    /** The probability with which an element is dropped; 0 by default. */
    public RnnAttributes p(double p) {
      this.p = p;
      return this;
    }

    /** MXNet's {@code state_outputs}; false by default. */
    public RnnAttributes stateOutputs(boolean stateOutputs) {
      this.stateOutputs = stateOutputs;
      return this;
    }

    private Rnn op(boolean useSequenceLength) {
      require("rnn", "stateSize", "numLayers", "mode");
      return new Rnn(stateSize, numLayers, mode, bidirectional, p, stateOutputs, useSequenceLength);
    }
  }
}
