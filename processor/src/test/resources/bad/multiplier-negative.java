package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Param(shape = "10", lrMult = -0.1)
  Parameter weight;

  @Param(shape = "10", wdMult = Double.NaN)
  Parameter bias;

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return x.mul(weight).add(bias);
  }
}
