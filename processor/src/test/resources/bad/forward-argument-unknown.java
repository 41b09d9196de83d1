package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Param(shape = {"10", "?"})
  Parameter weight;

  @Param(shape = "10")
  Parameter bias;

  @Forward
  Tensor forward(Tensor x, Tensor weigth, Tensor bias) {
    return x.dot(weigth).add(bias);
  }
}

@Block
class Masked extends HybridBlock {
  @Param(shape = {"10", "?"})
  Parameter weight;

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor mask) {
    return x.dot(weight).mul(mask);
  }
}
