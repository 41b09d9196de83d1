package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
public class MyDense extends HybridBlock {
  final int units;

  @Param(shape = {"units", "?"})
  Parameter weight;

  @Param(shape = "units", init = "zeros")
  Parameter bias;

  public MyDense(int units) {
    this.units = units;
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return x.dot(weight.transpose()).add(bias).relu();
  }
}
