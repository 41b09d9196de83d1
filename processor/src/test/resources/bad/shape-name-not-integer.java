package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final double units = 10;
  final int channels = 3;
  final int[] kernel = {3, 3};

  @Param(shape = "units")
  Parameter fraction;

  @Param(shape = {"channels", "kernel"})
  Parameter array;

  @Param(shape = {"channels", "2 * kernel..."})
  Parameter product;

  @Param(shape = "channels[0]")
  Parameter element;

  @Param(shape = "channels...")
  Parameter splice;

  @Param(shape = "channel")
  Parameter block;

  final Dense channel = new Dense(1);

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
