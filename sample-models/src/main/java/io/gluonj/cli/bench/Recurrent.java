package io.gluonj.cli.bench;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.rnn.LSTM;
import io.gluonj.tensor.Tensor;

/** Two LSTM layers over (time, batch, 64), and a classifier of the last step. */
@Block
class Recurrent extends HybridBlock {
  private static final int HIDDEN = 256;
  private static final int CLASSES = 10;

  final LSTM lstm = new LSTM(HIDDEN).numLayers(2);
  final Dense fc = new Dense(CLASSES);

  @Forward
  Tensor forward(Tensor x) {
    Tensor states = lstm.call(x);
    long steps = states.shape().dim(0);
    return fc.call(states.sliceAxis(0, steps - 1, steps).reshape(-3, 0));
  }
}
