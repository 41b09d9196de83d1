package io.gluonj.rnn;

import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.op.RecurrentCell;

/**
 * A network of gated recurrent units (Cho et al., 2014), gates in the order reset, update,
 * candidate; the reset gate is behind the recurrent product, as in cuDNN. States: one.
 */
public final class GRU extends RecurrentLayer<GRU> {
  static {
    BlockDefinitions.register(GRU.class, new RecurrentDefinition<GRU>("gru"));
  }

  /**
   * Makes a network of one layer.
   *
   * @param hidden number of units of a state, at least 1
   */
  public GRU(int hidden) {
    super(hidden);
  }

  @Override
  RecurrentCell cell() {
    return RecurrentCell.GRU;
  }
}
