package demo;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.MaxPool2D;
import io.gluonj.tensor.Tensor;

@Block
public class LeNet extends HybridBlock {
  final Conv2D conv1 = new Conv2D(20, 5).activation(RELU);
  final MaxPool2D pool1 = new MaxPool2D(2, 2);
  final Conv2D conv2 = new Conv2D(50, 5).activation(RELU);
  final MaxPool2D pool2 = new MaxPool2D(2, 2);
  final Dense hidden = new Dense(128).activation(RELU);
  final Dense output = new Dense(10);

  public LeNet() {}

  @Forward
  Tensor forward(Tensor x) {
    x = pool1.call(conv1.call(x));
    x = pool2.call(conv2.call(x));
    return output.call(hidden.call(x.flatten()));
  }
}
