package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Initializer;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final Initializer weightInit;
  private final Initializer hidden;
  final String text = "xavier";

  @Param(shape = "10", initFrom = "weightInt")
  Parameter misspelt;

  @Param(shape = "10", initFrom = "biasInitializer")
  Parameter missing;

  @Param(shape = "10", initFrom = "text")
  Parameter typed;

  @Param(shape = "10", initFrom = "hidden")
  Parameter unreachable;

  Net(Initializer weightInit) {
    this.weightInit = weightInit;
    this.hidden = weightInit;
  }

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
