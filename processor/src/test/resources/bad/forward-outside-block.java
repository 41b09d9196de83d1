package demo;

import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

class Net extends HybridBlock {
  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
