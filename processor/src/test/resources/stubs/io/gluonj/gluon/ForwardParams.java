package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import org.jspecify.annotations.Nullable;

public abstract class ForwardParams {
  protected ForwardParams() {}

  public abstract Tensor get(String name);

  public abstract @Nullable Tensor find(String name);
}
