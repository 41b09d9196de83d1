package io.gluonj.samples;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Dense;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A multilayer perceptron: fully connected layers with rectifiers between them, for float32 (N, …)
 * to one score per class (N, classes). The layers stand in a list, which is registered like single
 * fields.
 */
@Block
public class Mlp extends HybridBlock {
  final List<Dense> hidden;
  final Dense output;

  /** With hidden layers of 128 and 64 units and ten classes, as in the tutorials. */
  public Mlp() {
    this(10, 128, 64);
  }

  /**
   * With layers of the given widths.
   *
   * @param classes number of outputs per sample
   * @param hiddenUnits widths of the hidden layers, from the input on
   */
  public Mlp(int classes, int... hiddenUnits) {
    this.hidden =
        IntStream.of(hiddenUnits).mapToObj(units -> new Dense(units).activation(RELU)).toList();
    this.output = new Dense(classes);
  }

  @Forward
  Tensor forward(Tensor x) {
    for (Dense layer : hidden) {
      x = layer.call(x);
    }
    return output.call(x);
  }
}
