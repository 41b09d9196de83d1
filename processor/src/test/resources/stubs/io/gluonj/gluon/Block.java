package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;

public abstract class Block {
  private boolean active;

  protected Block() {}

  public final Tensor call(Tensor... inputs) {
    active = true;
    return inputs[0];
  }

  public boolean isActive() {
    return active;
  }
}
