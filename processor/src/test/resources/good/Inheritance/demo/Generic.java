package demo;

import io.gluonj.annotations.Block;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

@Block
class Generic<T, B extends HybridBlock> extends Step {
  final B inner;

  Generic(B inner) {
    this.inner = inner;
  }

  @Override
  Tensor forward(Tensor x) {
    return inner.call(x);
  }
}
