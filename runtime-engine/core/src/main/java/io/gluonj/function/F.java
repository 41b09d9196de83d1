package io.gluonj.function;

/**
 * Every operator as a function, under MXNet's name in Java case. Given arrays it computes, given
 * symbols it extends their graph, and the result has the type of the inputs.
 *
 * <pre>{@code
 * NDArray y = F.relu(x);
 * NDArray z = F.convolution(x, weight, bias, a -> a.kernel(3, 3).pad(1, 1).numFilter(64));
 * NDArray s = F.softmax(x, a -> a.axis(1).temperature(2));
 * }</pre>
 *
 * <p>Attributes without a default must be set; where they are few they are also parameters. An
 * input that MXNet announces by an attribute (a bias, lengths) is passed or left out. Of operators
 * that may have several results {@code name} returns the first and {@code nameOutputs} all. Inputs
 * that an operator changes (weights in an optimizer's update) are changed in place.
 *
 * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.
 */
public final class F extends UpdateFunctions6 {
  private F() {}
}
