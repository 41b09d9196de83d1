package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

class Nested {
  @Block
  static class Cell extends HybridBlock {
    final Dense gate = new Dense(4);

    @Forward
    protected Tensor step(Tensor x, Tensor state) {
      return gate.call(x, state);
    }
  }

  final int size = 3;

  @Block
  class Inner extends HybridBlock {
    final int units = size;

    @Param(shape = "units")
    Parameter bias;

    @Forward
    Tensor forward(Tensor x, Tensor bias) {
      return x.add(bias);
    }
  }
}
