package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import java.util.List;

@Block
class Net extends HybridBlock {
  @Param(shape = {"10", "?"})
  Parameter weight;

  @Forward
  Tensor forward(Tensor x, Parameter weight) {
    return x;
  }
}

@Block
class Powers extends HybridBlock {
  @Forward
  Tensor forward(Tensor x, int power) {
    return x;
  }
}

@Block
class Several extends HybridBlock {
  @Forward
  Tensor forward(List<Tensor> xs, Tensor mask) {
    return mask;
  }
}

@Block
class Mixed extends io.gluonj.gluon.Block {
  @Forward
  Tensor forward(Tensor x, NDArray mask) {
    return x;
  }
}
