package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final Dense hidden = new Dense(128);

  @Forward
  Tensor forward(Tensor x) {
    return hidden.call(x);
  }
}

@Block
class WiderNet extends Net {
  final Dense hidden = new Dense(256);
}
