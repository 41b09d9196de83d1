package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final Parameter weight = new Parameter("weight", 10);

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
