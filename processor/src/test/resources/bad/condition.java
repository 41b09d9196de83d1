package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final boolean useBias = true;
  private final boolean secret = true;
  final int count = 1;

  @Param(shape = "10", condition = "useBais")
  Parameter misspelt;

  @Param(shape = "10", condition = "count")
  Parameter typed;

  @Param(shape = "10", condition = "secret")
  Parameter unreachable;

  @Param(shape = "10", condition = "!useBias")
  Parameter expression;

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
