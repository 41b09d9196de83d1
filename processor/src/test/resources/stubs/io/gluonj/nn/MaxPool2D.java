package io.gluonj.nn;

import io.gluonj.gluon.HybridBlock;

public class MaxPool2D extends HybridBlock {
  public MaxPool2D(int size, int strides) {}

  public MaxPool2D activation(Activation activation) {
    return this;
  }
}
