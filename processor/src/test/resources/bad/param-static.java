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
  static Parameter weight;

  @Forward
  Tensor forward(Tensor x, Tensor weight) {
    return x.mul(weight);
  }
}
