package io.gluonj.rnn;

import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.op.RecurrentCell;

/**
 * A long short-term memory network (Hochreiter and Schmidhuber, 1997), gates in the order input,
 * forget, candidate, output. States: the state, then the memory cell.
 */
public final class LSTM extends RecurrentLayer<LSTM> {
  static {
    BlockDefinitions.register(LSTM.class, new RecurrentDefinition<LSTM>("lstm"));
  }

  /**
   * Makes a network of one layer.
   *
   * @param hidden number of units of a state, at least 1
   */
  public LSTM(int hidden) {
    super(hidden);
  }

  @Override
  RecurrentCell cell() {
    return RecurrentCell.LSTM;
  }
}
