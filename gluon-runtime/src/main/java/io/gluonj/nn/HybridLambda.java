package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.tensor.Tensor;
import java.util.function.UnaryOperator;

/** A function of tensors as a layer without parameters; it can be traced. */
@Block(hint = "hybridlambda")
public class HybridLambda extends HybridBlock {
  private final String name;
  private final UnaryOperator<Tensor> function;

  public HybridLambda(UnaryOperator<Tensor> function) {
    this("lambda", function);
  }

  /**
   * Makes a layer.
   *
   * @param name what the layer is called when it is printed
   */
  public HybridLambda(String name, UnaryOperator<Tensor> function) {
    this.name = name;
    this.function = function;
  }

  @Forward
  Tensor forward(Tensor x) {
    return function.apply(x);
  }

  @Override
  protected String arguments() {
    return name;
  }
}
