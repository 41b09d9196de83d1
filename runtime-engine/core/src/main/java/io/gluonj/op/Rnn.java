package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * MXNet's RNN: a recurrent network of several layers, in one direction or in both, over a whole
 * sequence. Inputs: data (T, N, C); all parameters as one vector; the states before the first step
 * (layers * directions, N, state_size); for an LSTM the memory cells, shaped alike; last, if they
 * differ in length, the number of steps of each sequence (N). Outputs: the states of the last layer
 * (T, N, directions * state_size), zeros behind a sequence's end; with {@code stateOutputs} the
 * states after the last step, and for an LSTM the memory cells.
 *
 * <p>The parameters are, for each layer and in it for each direction, the weight of the input and
 * that of the state, and after all weights in the same order the two biases. Between layers,
 * elements are dropped with probability {@code p} in training.
 */
public record Rnn(
    long stateSize,
    int numLayers,
    RecurrentCell mode,
    boolean bidirectional,
    double p,
    boolean stateOutputs,
    boolean useSequenceLength)
    implements Op.Composite {
  private static final int DATA = 0;
  private static final int PARAMETERS = 1;
  private static final int STATE = 2;
  private static final int CELL = 3;

  static final OpSchema<Rnn> SCHEMA = described();

  private static OpSchema<Rnn> described() {
    var schema =
        define(new Rnn(0, 0, RecurrentCell.LSTM, false, 0, false, false), "RNN")
            .inputs("data", "parameters", "state")
            .inputUnless(r -> !r.mode().hasCell(), "state_cell")
            .inputUnless(r -> !r.useSequenceLength(), "sequence_length")
            .required("state_size", "num_layers", "mode")
            .omittedIfDefault("use_sequence_length")
            .only("projection_size", "None")
            .only("lstm_state_clip_min", "None")
            .only("lstm_state_clip_max", "None")
            .only("lstm_state_clip_nan", "False");
    for (RecurrentCell mode : RecurrentCell.values()) {
      schema = sample(schema, new Rnn(2, 1, mode, true, 0, true, false));
    }
    schema = sample(schema, new Rnn(2, 2, RecurrentCell.LSTM, false, 0.5, false, false));
    return sample(schema, new Rnn(2, 1, RecurrentCell.GRU, true, 0, true, true));
  }

  private static OpSchema<Rnn> sample(OpSchema<Rnn> schema, Rnn op) {
    Shape states = Shape.of((long) op.numLayers * op.directions(), 2, op.stateSize);
    var inputs = new ArrayList<SampleInput>();
    inputs.add(input(Shape.of(3, 2, 3), -1, 1));
    inputs.add(input(Shape.of(op.parameters(3)), -1, 1));
    inputs.add(input(states, -1, 1));
    if (op.mode.hasCell()) {
      inputs.add(input(states, -1, 1));
    }
    if (op.useSequenceLength) {
      inputs.add(input(Shape.of(2), 1.2, 2.9));
    }
    return schema.sample(op, inputs.toArray(SampleInput[]::new));
  }

  private static SampleInput input(Shape shape, double low, double high) {
    return new SampleInput(TensorType.float32(shape.dims()), low, high);
  }

  private int directions() {
    return bidirectional ? 2 : 1;
  }

  private long rows() {
    return mode.gates() * stateSize;
  }

  private long inputs(int layer, long channels) {
    return layer == 0 ? channels : directions() * stateSize;
  }

  /** Number of parameters for data of so many channels. */
  public long parameters(long channels) {
    long size = 0;
    for (int layer = 0; layer < numLayers; layer++) {
      size += directions() * rows() * (inputs(layer, channels) + stateSize + 2);
    }
    return size;
  }

  @Override
  public int outputs() {
    return !stateOutputs ? 1 : mode.hasCell() ? 3 : 2;
  }

  @Override
  public int visibleOutputs() {
    return outputs();
  }

  @Override
  public void infer(Infer s) {
    if (stateSize < 1 || numLayers < 1 || !(p >= 0 && p < 1)) {
      throw s.error(
          "state_size " + stateSize + ", num_layers " + numLayers + ", p " + p,
          "sizes are at least 1, the share of dropped elements at least 0 and below 1",
          "correct these attributes");
    }
    Shape data = s.in(DATA);
    if (!data.hasRank()) {
      return;
    }
    if (data.rank() != 3 || data.dim(0) == 0) {
      throw s.error(
          "data of shape " + data,
          "data is (steps, batch, channels) with at least one step",
          "add the missing axis with expandDims, or bring the steps to the front with swapaxes");
    }
    if (data.dim(2) != Shape.UNKNOWN) {
      s.in(
          PARAMETERS,
          Shape.of(parameters(data.dim(2))),
          "the parameters are those of all layers and directions in one vector");
    }
    Shape states = Shape.of((long) numLayers * directions(), data.dim(1), stateSize);
    s.in(STATE, states, "there is one state for each layer and direction");
    if (mode.hasCell()) {
      s.in(CELL, states, "there is one memory cell for each layer and direction");
    }
    if (useSequenceLength) {
      s.in(s.inputs() - 1, Shape.of(data.dim(1)), "there is one length for each sequence");
    }
    s.out(
        0,
        data.with(2, directions() * stateSize),
        "the result is (steps, batch, directions * state_size)");
    for (int k = 1; k < outputs(); k++) {
      s.out(k, states, "there is one state for each layer and direction");
    }
    for (int k = 0; k < outputs(); k++) {
      s.dtype(k, s.dtype(DATA));
    }
  }

  /** What one direction of a layer computes. */
  private record Results(Tensor states, Tensor last, List<Tensor> lastCell) {}

  @Override
  public List<Tensor> expand(Expansion e) {
    long channels = e.shape(DATA).dim(2);
    List<Tensor> parameters = split(e.in(PARAMETERS), channels);
    Tensor x = e.in(DATA);
    var last = new ArrayList<Tensor>();
    var cells = new ArrayList<Tensor>();
    for (int layer = 0; layer < numLayers; layer++) {
      if (layer > 0 && p > 0 && e.training()) {
        Op drop = new Dropout(p, Dropout.Mode.TRAINING, List.of());
        x = Ops.callAll(drop, "", List.of(x)).getFirst();
      }
      var states = new ArrayList<Tensor>();
      for (int direction = 0; direction < directions(); direction++) {
        int index = layer * directions() + direction;
        Results r = direction(e, x, parameters, index, direction == 1);
        states.add(r.states());
        last.add(r.last().expandDims(0));
        r.lastCell().forEach(c -> cells.add(c.expandDims(0)));
      }
      x = joined(2, states);
    }
    var out = new ArrayList<Tensor>();
    out.add(x);
    if (stateOutputs) {
      out.add(joined(0, last));
      if (mode.hasCell()) {
        out.add(joined(0, cells));
      }
    }
    return out;
  }

  private static Tensor joined(int axis, List<Tensor> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : Ops.call(new Concat(axis), parts.toArray(Tensor[]::new));
  }

  /** Two weights for each layer and direction, then two biases. */
  private List<Tensor> split(Tensor parameters, long channels) {
    int count = numLayers * directions();
    var shapes = new ArrayList<Shape>();
    for (int index = 0; index < count; index++) {
      shapes.add(Shape.of(rows(), inputs(index / directions(), channels)));
      shapes.add(Shape.of(rows(), stateSize));
    }
    for (int index = 0; index < 2 * count; index++) {
      shapes.add(Shape.of(rows()));
    }
    var begins = new ArrayList<Long>();
    long begin = 0;
    for (Shape shape : shapes) {
      begins.add(begin);
      begin += shape.size();
    }
    List<? extends Tensor> parts =
        Ops.callAll(new Split.SplitV2(begins, 0, false, 0), "", List.of(parameters));
    var shaped = new ArrayList<Tensor>();
    for (int i = 0; i < shapes.size(); i++) {
      shaped.add(parts.get(i).reshapeTo(shapes.get(i)));
    }
    return shaped;
  }

  private Results direction(
      Expansion e, Tensor x, List<Tensor> parameters, int index, boolean reverse) {
    int count = numLayers * directions();
    Tensor bias = parameters.get(2 * (count + index));
    Tensor recurrentBias = parameters.get(2 * (count + index) + 1);
    // sequences of different lengths begin at different steps when read in reverse
    boolean turn = reverse && useSequenceLength;
    Shape shape = x.shape();
    Tensor rows =
        (turn ? turned(e, x) : x).reshapeTo(Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2)));
    Tensor projected =
        Ops.call(
                new MatMul(false, true, true),
                rows,
                parameters.get(2 * index),
                mode.recurrentBias() ? bias : bias.add(recurrentBias))
            .reshapeTo(Shape.of(shape.dim(0), shape.dim(1), rows()));
    var inputs = new ArrayList<Tensor>(List.of(projected, parameters.get(2 * index + 1)));
    if (mode.recurrentBias()) {
      inputs.add(recurrentBias);
    }
    inputs.add(RecurrentSteps.step(e.in(STATE), index));
    if (mode.hasCell()) {
      inputs.add(RecurrentSteps.step(e.in(CELL), index));
    }
    Recurrence op = new Recurrence(mode, reverse && !turn);
    List<? extends Tensor> all = Ops.callAll(op, "", inputs);
    Tensor states = all.get(0);
    if (useSequenceLength) {
      Tensor real = call(e, new Sequences.SequenceMask(true, 0, 0), states);
      Tensor result = turn ? turned(e, real) : real;
      return new Results(
          result, last(e, states), mode.hasCell() ? List.of(last(e, all.get(1))) : List.of());
    }
    long steps = shape.dim(0);
    long end = op.at(steps - 1, steps);
    return new Results(
        states,
        RecurrentSteps.step(states, end),
        mode.hasCell() ? List.of(RecurrentSteps.step(all.get(1), end)) : List.of());
  }

  private static Tensor call(Expansion e, Op op, Tensor sequence) {
    return Ops.call(op, sequence, e.inputs().getLast());
  }

  private static Tensor turned(Expansion e, Tensor sequence) {
    return call(e, new Sequences.SequenceReverse(true, 0), sequence);
  }

  private static Tensor last(Expansion e, Tensor sequence) {
    return call(e, new Sequences.SequenceLast(true, 0), sequence);
  }
}
