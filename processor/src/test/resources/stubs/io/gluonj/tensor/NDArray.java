package io.gluonj.tensor;

public abstract non-sealed class NDArray implements Tensor {
  public abstract NDArray topK(int k);
}
