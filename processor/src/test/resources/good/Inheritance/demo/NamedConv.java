package demo;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Overrides the forward method, and leaves the binding to the superclass. */
@Block
class NamedConv extends Conv {
  NamedConv(int channels) {
    super(channels);
  }

  @Override
  Tensor forward(Tensor x, Tensor weight, @Nullable Tensor bias, Tensor scale) {
    return super.forward(x, weight, bias, scale).relu();
  }
}
