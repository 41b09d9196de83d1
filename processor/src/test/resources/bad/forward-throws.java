package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;
import java.io.IOException;

@Block
class Net extends HybridBlock {
  @Forward
  Tensor forward(Tensor x) throws IOException, IllegalStateException {
    throw new IOException();
  }
}
