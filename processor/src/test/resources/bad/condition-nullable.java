package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
@Block
class Net extends HybridBlock {
  final boolean useBias;

  @Param(shape = "10", condition = "useBias")
  @Nullable Parameter bias;

  Net(boolean useBias) {
    this.useBias = useBias;
  }

  @Forward
  Tensor forward(Tensor x, Tensor bias) {
    return x.add(bias);
  }
}
