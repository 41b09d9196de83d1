package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Param(shape = "10", init = "zeroes")
  Parameter weight;

  @Param(shape = "10", init = "Ones")
  Parameter scale;

  @Param(shape = "10", init = "constant")
  Parameter shift;

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor scale, Tensor shift) {
    return x.mul(weight).mul(scale).add(shift);
  }
}
