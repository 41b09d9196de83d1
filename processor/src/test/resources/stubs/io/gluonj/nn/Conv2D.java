package io.gluonj.nn;

import io.gluonj.gluon.HybridBlock;

public class Conv2D extends HybridBlock {
  public Conv2D(int channels, int kernel) {}

  public Conv2D activation(Activation activation) {
    return this;
  }
}
