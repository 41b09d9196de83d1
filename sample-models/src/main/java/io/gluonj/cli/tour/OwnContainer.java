package io.gluonj.cli.tour;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.nn.Sequential;
import io.gluonj.samples.MySequential;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.util.List;

/**
 * A container of one's own, with the layers of a library container.
 *
 * @param distance largest difference of their outputs
 */
public record OwnContainer(MySequential own, NDArray output, double distance) implements Finding {

  static OwnContainer run(Device device) {
    Dense hidden = new Dense(16).activation(RELU);
    Dense output = new Dense(4);
    MySequential own = new MySequential(hidden, output);
    own.initialize(new Xavier(), device);
    NDArray x = Inputs.uniform(device, 3, 8);
    NDArray y = own.call(x);
    NDArray same = new Sequential().add(hidden, output).call(x);
    return new OwnContainer(own, y, Inputs.distance(y, same));
  }

  @Override
  public String title() {
    return "A container of one's own";
  }

  @Override
  public List<String> lines() {
    return List.of(
        own.toString(),
        "its children are registered as " + own.children().keySet(),
        "an input (3, 8) gives " + output.shape(),
        "a library Sequential of the same layers differs by at most " + distance);
  }

  @Override
  public boolean consistent() {
    return distance == 0 && own.collectParams().size() == 4;
  }
}
