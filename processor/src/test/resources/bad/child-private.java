package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

@Block
class Net extends HybridBlock {
  private final Dense output = new Dense(10);
  private final List<Dense> hidden = new ArrayList<>();

  @Forward
  Tensor forward(Tensor x) {
    for (Dense layer : hidden) {
      x = layer.call(x);
    }
    return output.call(x);
  }
}
