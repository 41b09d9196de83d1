package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Param(shape = "10")
  Parameter weight;

  @Forward
  Tensor forward(Tensor weight) {
    return weight;
  }
}

@Block
class Empty extends HybridBlock {
  @Forward
  Tensor forward() {
    throw new UnsupportedOperationException();
  }
}
