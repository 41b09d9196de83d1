package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

/** A hidden layer written by hand and a layer of the library. */
@Block
public class RingNet extends HybridBlock {
  final int units;

  @Param(shape = {"units", "?"})
  Parameter weight;

  @Param(shape = "units", init = "zeros")
  Parameter bias;

  final Dense output = new Dense(2);

  public RingNet(int units) {
    this.units = units;
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return output.call(x.dot(weight.transpose()).add(bias).relu());
  }
}
