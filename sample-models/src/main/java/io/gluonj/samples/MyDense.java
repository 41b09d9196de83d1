package io.gluonj.samples;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

/**
 * A fully connected layer with a rectifier, written out: {@code relu(x · weightᵀ + bias)} for
 * float32 (N, in) to (N, units). Shows how a block declares parameters of its own.
 */
@Block
public class MyDense extends HybridBlock {
  final int units;

  @Param(shape = {"units", "?"})
  Parameter weight;

  @Param(shape = "units", init = "zeros")
  Parameter bias;

  /**
   * A layer whose weight takes its second extent from the first input.
   *
   * @param units number of outputs per sample
   */
  public MyDense(int units) {
    this.units = units;
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return x.dot(weight.transpose()).add(bias).relu();
  }
}
