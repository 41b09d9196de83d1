package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends library.Sized {
  private final int channels = 3;

  @Param(shape = {"channels", "?"})
  Parameter weight;

  @Param(shape = "units")
  Parameter bias;

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return x.dot(weight).add(bias);
  }
}
