package io.gluonj.cli.bench;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

/** {@code tanh(a * b + c)}: three operators that become one kernel when hybridized. */
@Block
class FusedTanh extends HybridBlock {
  @Forward
  Tensor forward(Tensor a, Tensor b, Tensor c) {
    return a.mul(b).add(c).tanh();
  }
}
