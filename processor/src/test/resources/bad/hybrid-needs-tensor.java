package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;

@Block
class TopFive extends HybridBlock {
  @Forward
  NDArray forward(NDArray x) {
    return x.topK(5);
  }
}

@Block
class Result extends HybridBlock {
  @Forward
  NDArray forward(Tensor x) {
    return (NDArray) x;
  }
}
