package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Initializer;
import io.gluonj.tensor.Tensor;
import org.jspecify.annotations.Nullable;

@Block(hint = "attr")
class Attributes extends HybridBlock {
  final int units;
  final boolean useScale;
  final @Nullable Initializer biasInit;

  @Param(shape = {"units", "?"}, init = "xavier", gradReq = "add", lrMult = 0.1, wdMult = 2)
  Parameter weight;

  @Param(shape = "units", init = "zeros", initFrom = "biasInit", wdMult = 0)
  Parameter bias;

  @Param(shape = "units", init = "ones", condition = "useScale")
  @Nullable Parameter scale;

  @Param(shape = "units", initFrom = "biasInit", dtype = "float64", gradReq = "null", differentiable = false)
  Parameter mean;

  Attributes(int units, boolean useScale, @Nullable Initializer biasInit) {
    this.units = units;
    this.useScale = useScale;
    this.biasInit = biasInit;
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, Tensor bias, @Nullable Tensor scale, Tensor mean) {
    Tensor y = x.dot(weight).add(bias).add(mean);
    return scale == null ? y : y.mul(scale);
  }
}
