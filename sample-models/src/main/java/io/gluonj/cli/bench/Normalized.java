package io.gluonj.cli.bench;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.op.Normalizations;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;

/** Layer normalization over the last axis, with the scale and shift it is given. */
@Block
class Normalized extends HybridBlock {
  private static final double EPSILON = 1e-5;

  @Forward
  Tensor forward(Tensor x, Tensor gamma, Tensor beta) {
    return Ops.call(new Normalizations.LayerNorm(-1, EPSILON, false), x, gamma, beta);
  }
}
