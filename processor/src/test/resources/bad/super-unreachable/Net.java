package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.tensor.Tensor;

class Nets extends library.Encoder {
  @Block
  static class Net extends Small {
    @Forward
    Tensor forward(Tensor x) {
      return x;
    }
  }
}
