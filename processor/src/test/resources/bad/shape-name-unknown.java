package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final int units = 10;

  @Param(shape = {"unit", "?"})
  Parameter weight;

  @Param(shape = "channels")
  Parameter bias;

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return x.dot(weight).add(bias);
  }
}
