package io.gluonj.nn;

import io.gluonj.annotations.Forward;
import io.gluonj.gluon.Block;
import io.gluonj.tensor.NDArray;
import java.util.function.UnaryOperator;

/** A function of arrays as a layer without parameters. It is run, never traced. */
@io.gluonj.annotations.Block(hint = "lambda")
public class Lambda extends Block {
  private final String name;
  private final UnaryOperator<NDArray> function;

  public Lambda(UnaryOperator<NDArray> function) {
    this("lambda", function);
  }

  /**
   * Makes a layer.
   *
   * @param name what the layer is called when it is printed
   */
  public Lambda(String name, UnaryOperator<NDArray> function) {
    this.name = name;
    this.function = function;
  }

  @Forward
  NDArray forward(NDArray x) {
    return function.apply(x);
  }

  @Override
  protected String arguments() {
    return name;
  }
}
