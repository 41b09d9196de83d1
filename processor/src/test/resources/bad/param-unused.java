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

  @Param(shape = "10")
  @SuppressWarnings("gluonj")
  Parameter spare;

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}

@Block
class Heir extends Net {
  @Param(shape = "10")
  Parameter own;
}
