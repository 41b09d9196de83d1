package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Param(shape = "10", dtype = "float")
  Parameter weight;

  @Param(shape = "10", dtype = "float46")
  Parameter scale;

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor scale) {
    return x.mul(weight).mul(scale);
  }
}
