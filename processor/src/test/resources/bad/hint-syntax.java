package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

@Block(hint = "my net")
class Net extends HybridBlock {
  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
