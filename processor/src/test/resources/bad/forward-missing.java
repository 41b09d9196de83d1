package demo;

import io.gluonj.annotations.Block;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final Dense output = new Dense(10);

  Tensor forward(Tensor x) {
    return output.call(x);
  }
}

@Block
class Empty extends HybridBlock {}
