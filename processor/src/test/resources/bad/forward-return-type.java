package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  @Forward
  void forward(Tensor x) {}
}

@Block
class Sum extends HybridBlock {
  @Forward
  double forward(Tensor x) {
    return 0;
  }
}
