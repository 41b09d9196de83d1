package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

@Block
abstract class Step extends HybridBlock {
  final Dense body = new Dense(3);

  @Forward
  abstract Tensor forward(Tensor x);
}
