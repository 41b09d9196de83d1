package io.gluonj.tensor;

public sealed interface Tensor permits NDArray, Symbol {
  Tensor dot(Tensor other);

  Tensor add(Tensor other);

  Tensor mul(Tensor other);

  Tensor transpose();

  Tensor relu();

  Tensor flatten();
}
