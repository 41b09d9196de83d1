package demo;

import io.gluonj.annotations.Block;
import io.gluonj.nn.Dense;

@Block
class OfDense extends Generic<String, Dense> {
  OfDense() {
    super(new Dense(1));
  }
}
