package io.gluonj.rnn;

import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.op.RecurrentCell;
import io.gluonj.types.InvalidArgumentException;

/** An Elman network: {@code h' = activation(W x + b + R h + d)} (Elman, 1990). States: one. */
public final class RNN extends RecurrentLayer<RNN> {
  static {
    BlockDefinitions.register(RNN.class, new RecurrentDefinition<RNN>("rnn"));
  }

  private RecurrentCell cell = RecurrentCell.RNN_RELU;

  /**
   * Makes a network of one layer.
   *
   * @param hidden number of units of a state, at least 1
   */
  public RNN(int hidden) {
    super(hidden);
  }

  /** {@code relu}, the default, or {@code tanh}. */
  public RNN activation(String name) {
    checkUnbound("activation");
    cell =
        switch (name) {
          case "relu" -> RecurrentCell.RNN_RELU;
          case "tanh" -> RecurrentCell.RNN_TANH;
          default ->
              throw new InvalidArgumentException(
                  "RNN: activation '" + name + "'",
                  "a recurrent network is computed with relu or tanh",
                  "use relu or tanh");
        };
    return this;
  }

  @Override
  RecurrentCell cell() {
    return cell;
  }
}
