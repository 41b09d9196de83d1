package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class HandMade extends HybridBlock {
  @Param(lrMult = 0)
  final Parameter scale = new Parameter("scale", 1);

  @Param(shape = "1")
  final Parameter shift;

  HandMade(Parameter shared) {
    this.shift = shared;
  }

  @Forward
  Tensor forward(Tensor x) {
    System.out.println(scale + " " + shift);
    return x;
  }
}
