package io.gluonj.rnn;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Initializer;
import io.gluonj.initializer.Zero;
import io.gluonj.op.RecurrentCell;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the recurrent layers share (MXNet operator RNN): options, parameters and states.
 *
 * <p>Inputs of {@code callAll}: data (steps, batch, channels), or with layout NTC (batch, steps,
 * channels); then either all states, each (layers * directions, batch, hidden), or none, which
 * means zeros; then with {@code useSequenceLength} the number of steps of each sequence (batch).
 * Outputs: the states of the last layer, in the data's layout with directions * hidden channels;
 * and if states were given, the states after the last step. With data alone {@code call} does.
 *
 * <p>Parameters of each layer k and direction, {@code l} or {@code r}: {@code lk_i2h_weight} (gates
 * * hidden, channels), {@code lk_h2h_weight} (gates * hidden, hidden), {@code lk_i2h_bias} and
 * {@code lk_h2h_bias} (gates * hidden,).
 *
 * @param <S> the layer itself
 */
public abstract sealed class RecurrentLayer<S extends RecurrentLayer<S>> extends HybridBlock
    permits RNN, LSTM, GRU {
  private final int hidden;
  private int layers = 1;
  private boolean batchFirst;
  private double dropout;
  private boolean bidirectional;
  private int inputSize;
  private boolean useSequenceLength;
  private @Nullable Initializer i2hWeightInitializer;
  private @Nullable Initializer h2hWeightInitializer;
  private Initializer i2hBiasInitializer = new Zero();
  private Initializer h2hBiasInitializer = new Zero();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  RecurrentLayer(int hidden) {
    this.hidden = atLeast(1, "hidden size", hidden);
  }

  /** What is computed at each step. */
  abstract RecurrentCell cell();

  private String layer() {
    return getClass().getSimpleName();
  }

  private int atLeast(int bound, String option, int value) {
    if (value < bound) {
      throw new InvalidArgumentException(
          layer() + ": " + option + " " + value,
          option + " is at least " + bound,
          "pass a number from " + bound + " on");
    }
    return value;
  }

  @SuppressWarnings("unchecked") // every subclass names itself as S
  private S self() {
    return (S) this;
  }

  /** How many layers lie on top of each other; 1 by default. */
  public S numLayers(int count) {
    checkUnbound("numLayers");
    layers = atLeast(1, "numLayers", count);
    return self();
  }

  /** TNC, the default, or NTC: the order of steps, batch and channels. */
  public S layout(String order) {
    checkUnbound("layout");
    if (!order.equals("TNC") && !order.equals("NTC")) {
      throw new InvalidArgumentException(
          layer() + ": layout '" + order + "'",
          "steps, batch and channels are in the order TNC or NTC",
          "use TNC, or NTC for data that has the batch first");
    }
    batchFirst = order.equals("NTC");
    return self();
  }

  /** Share of the elements that are dropped between layers in training; 0 by default. */
  public S dropout(double rate) {
    checkUnbound("dropout");
    if (!(rate >= 0 && rate < 1)) {
      throw new InvalidArgumentException(
          layer() + ": dropout " + rate,
          "it is the share of elements that are dropped: at least 0 and below 1",
          "use 0.5 for half");
    }
    dropout = rate;
    return self();
  }

  /** Whether the sequence is read in both directions; false by default. */
  public S bidirectional(boolean value) {
    checkUnbound("bidirectional");
    bidirectional = value;
    return self();
  }

  /** Number of channels of the data; 0, the default, takes it from the first input. */
  public S inputSize(int channels) {
    checkUnbound("inputSize");
    inputSize = atLeast(0, "inputSize", channels);
    return self();
  }

  /** Whether the last input states the number of steps of each sequence; false by default. */
  public S useSequenceLength(boolean value) {
    checkUnbound("useSequenceLength");
    useSequenceLength = value;
    return self();
  }

  /** First values of the inputs' weights; by default those of the network. */
  public S i2hWeightInitializer(Initializer initializer) {
    checkUnbound("i2hWeightInitializer");
    i2hWeightInitializer = initializer;
    return self();
  }

  /** First values of the states' weights; by default those of the network. */
  public S h2hWeightInitializer(Initializer initializer) {
    checkUnbound("h2hWeightInitializer");
    h2hWeightInitializer = initializer;
    return self();
  }

  /** First values of the inputs' biases; zeros by default. */
  public S i2hBiasInitializer(Initializer initializer) {
    checkUnbound("i2hBiasInitializer");
    i2hBiasInitializer = initializer;
    return self();
  }

  /** First values of the states' biases; zeros by default. */
  public S h2hBiasInitializer(Initializer initializer) {
    checkUnbound("h2hBiasInitializer");
    h2hBiasInitializer = initializer;
    return self();
  }

  /** The shape of each state for a batch of that many sequences. */
  public List<Shape> stateShapes(long batch) {
    Shape shape = Shape.of((long) layers * directions(), batch, hidden);
    return cell().hasCell() ? List.of(shape, shape) : List.of(shape);
  }

  /** States of zeros on a device: what a sequence begins with. */
  public List<NDArray> beginState(long batch, Device device) {
    return stateShapes(batch).stream().map(s -> NDArray.zeros(s, device)).toList();
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }

  int hidden() {
    return hidden;
  }

  int layers() {
    return layers;
  }

  boolean batchFirst() {
    return batchFirst;
  }

  boolean usesSequenceLength() {
    return useSequenceLength;
  }

  int rows() {
    return cell().gates() * hidden;
  }

  /** Channels that a layer reads, given those of the data. */
  long inputs(int layer, long channels) {
    return layer == 0 ? channels : (long) directions() * hidden;
  }

  long declaredChannels() {
    return inputSize;
  }

  /** {@code l0_}, {@code r0_}, {@code l1_}, …: in the order of the states. */
  List<String> prefixes() {
    var prefixes = new ArrayList<String>();
    for (int layer = 0; layer < layers; layer++) {
      prefixes.add("l" + layer + "_");
      if (bidirectional) {
        prefixes.add("r" + layer + "_");
      }
    }
    return prefixes;
  }

  @Nullable Initializer initializer(String name) {
    return switch (name) {
      case "i2h_weight" -> i2hWeightInitializer;
      case "h2h_weight" -> h2hWeightInitializer;
      case "i2h_bias" -> i2hBiasInitializer;
      case "h2h_bias" -> h2hBiasInitializer;
      default -> throw new IllegalArgumentException(name);
    };
  }

  void registered(String name, Parameter parameter) {
    parameters.put(name, parameter);
  }

  /** Fills what the number of channels of the data determines. */
  void refine(long channels) {
    for (String prefix : prefixes().subList(0, directions())) {
      Parameter weight = parameters.get(prefix + "i2h_weight");
      if (weight != null) {
        weight.shape(Shape.of(rows(), channels));
      }
    }
  }

  io.gluonj.op.Rnn operator() {
    return new io.gluonj.op.Rnn(
        hidden, layers, cell(), bidirectional, dropout, true, useSequenceLength);
  }

  /** {@code None -> 100, TNC, num_layers=2, dropout=0.5, bidirectional}, as in Gluon. */
  @Override
  protected String arguments() {
    Parameter weight = parameters.get("l0_i2h_weight");
    long channels = weight == null ? inputSize : weight.shape().dim(1);
    var text = new StringBuilder(channels <= 0 ? "None" : Long.toString(channels));
    text.append(" -> ").append(hidden).append(batchFirst ? ", NTC" : ", TNC");
    if (layers != 1) {
      text.append(", num_layers=").append(layers);
    }
    if (dropout != 0) {
      text.append(", dropout=").append(dropout);
    }
    if (bidirectional) {
      text.append(", bidirectional");
    }
    return text.toString();
  }
}
