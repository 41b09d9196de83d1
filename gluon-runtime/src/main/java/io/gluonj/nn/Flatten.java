package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;

/** Merges all axes but the first: (batch, d1, d2, …) to (batch, d1 * d2 * …). */
@Block(hint = "flatten")
public class Flatten extends HybridBlock {
  @Forward
  Tensor forward(Tensor x) {
    return x.flatten();
  }

  /** {@code Flatten}. */
  @Override
  public String toString() {
    return "Flatten";
  }
}
