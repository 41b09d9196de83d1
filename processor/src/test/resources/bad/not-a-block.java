package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.tensor.Tensor;

@Block
class Net {
  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}

@Block
interface Shape {}
