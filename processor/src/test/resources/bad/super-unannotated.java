package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;

abstract class Backbone extends HybridBlock {
  final Dense hidden = new Dense(128);
}

@Block
class Net extends Backbone {
  @Forward
  Tensor forward(Tensor x) {
    return hidden.call(x);
  }
}

@Block
@SuppressWarnings("gluonj/super-unannotated")
class Known extends Backbone {
  @Forward
  Tensor forward(Tensor x) {
    return hidden.call(x);
  }
}
