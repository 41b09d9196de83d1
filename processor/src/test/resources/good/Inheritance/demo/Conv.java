package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.Parameter;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;
import org.jspecify.annotations.Nullable;

@Block
public class Conv extends library.Convolution {
  final Dense head = new Dense(10);

  @Param(shape = "channels", init = "ones")
  Parameter scale;

  public Conv(int channels) {
    super(channels, true);
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, @Nullable Tensor bias, Tensor scale) {
    Tensor y = head.call(x.dot(weight).mul(scale));
    return bias == null ? y : y.add(bias);
  }
}
