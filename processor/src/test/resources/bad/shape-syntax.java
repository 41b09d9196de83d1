package demo;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Tensor;

@Block
class Net extends HybridBlock {
  final int units = 10;
  final int[] kernel = {3, 3};

  @Param(shape = "units, ?")
  Parameter commas;

  @Param(shape = {"units", ""})
  Parameter empty;

  @Param(shape = "-1")
  Parameter negative;

  @Param(shape = "? * units")
  Parameter unknownFactor;

  @Param(shape = "units / ?")
  Parameter unknownDivisor;

  @Param(shape = "(units + 1")
  Parameter unclosed;

  @Param(shape = "units *")
  Parameter unfinished;

  @Param(shape = "units / 0")
  Parameter zero;

  @Param(shape = "2x")
  Parameter letters;

  @Param(shape = "99999999999999999999")
  Parameter huge;

  @Param(shape = "units % 2")
  Parameter remainder;

  @Param(shape = "kernel[0")
  Parameter bracket;

  @Param(shape = "kernel...2")
  Parameter tail;

  @Param(shape = {"kernel...", "kernel..."})
  Parameter twice;

  @Forward
  Tensor forward(Tensor x) {
    return x;
  }
}
