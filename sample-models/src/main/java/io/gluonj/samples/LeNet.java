package io.gluonj.samples;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.MaxPool2D;
import io.gluonj.tensor.Tensor;

/**
 * A convolutional net for pictures of digits, float32 (N, 1, 28, 28) to ten scores per picture (N,
 * 10), after LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
 * recognition", 1998, with rectifiers and maximum pooling in place of the original's.
 */
@Block
public class LeNet extends HybridBlock {
  final Conv2D conv1 = new Conv2D(20, 5).activation(RELU);
  final MaxPool2D pool1 = new MaxPool2D(2, 2);
  final Conv2D conv2 = new Conv2D(50, 5).activation(RELU);
  final MaxPool2D pool2 = new MaxPool2D(2, 2);
  final Dense hidden = new Dense(128).activation(RELU);
  final Dense output = new Dense(10);

  /** With fresh layers; the first input determines their shapes. */
  public LeNet() {}

  @Forward
  Tensor forward(Tensor x) {
    x = pool1.call(conv1.call(x));
    x = pool2.call(conv2.call(x));
    return output.call(hidden.call(x.flatten()));
  }
}
