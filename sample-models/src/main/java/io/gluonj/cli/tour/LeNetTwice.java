package io.gluonj.cli.tour;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.gluon.Block;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.Flatten;
import io.gluonj.nn.MaxPool2D;
import io.gluonj.nn.Sequential;
import io.gluonj.samples.LeNet;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.util.Iterator;
import java.util.List;

/**
 * LeNet as a chain of layers and as an annotated class.
 *
 * @param distance largest difference of their outputs once they have the same weights
 */
public record LeNetTwice(Block chain, Block annotated, NDArray output, double distance)
    implements Finding {

  static LeNetTwice run(Device device) {
    Sequential chain =
        new Sequential()
            .add(
                new Conv2D(20, 5).activation(RELU),
                new MaxPool2D(2, 2),
                new Conv2D(50, 5).activation(RELU),
                new MaxPool2D(2, 2),
                new Flatten(),
                new Dense(128).activation(RELU),
                new Dense(10));
    LeNet annotated = new LeNet();
    chain.initialize(new Xavier(), device);
    annotated.initialize(new Xavier(), device);
    NDArray x = Inputs.uniform(device, 2, 1, 28, 28);
    chain.call(x);
    NDArray output = annotated.call(x);
    Iterator<Parameter> weights = annotated.collectParams().iterator();
    for (Parameter parameter : chain.collectParams()) {
      parameter.setData(weights.next().data());
    }
    return new LeNetTwice(chain, annotated, output, Inputs.distance(chain.call(x), output));
  }

  @Override
  public String title() {
    return "LeNet as Sequential and as an annotated class";
  }

  @Override
  public List<String> lines() {
    return List.of(
        chain.toString(),
        annotated.toString(),
        "two pictures (2, 1, 28, 28) give scores " + output.shape(),
        "with the same weights their outputs differ by at most " + distance);
  }

  @Override
  public boolean consistent() {
    return distance == 0 && chain.collectParams().size() == annotated.collectParams().size();
  }
}
