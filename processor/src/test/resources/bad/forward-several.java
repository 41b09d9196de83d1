package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Forward
  Tensor forward(Tensor x) {
    return x;
  }

  @Forward
  Tensor encode(Tensor x) {
    return x.relu();
  }
}
