package io.gluonj.cli.tour;

import io.gluonj.initializer.Xavier;
import io.gluonj.samples.MyDense;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.util.List;

/**
 * A layer with parameters of its own.
 *
 * @param distance of its output from the same formula on its parameters' values
 */
public record OwnDense(MyDense layer, NDArray output, double distance) implements Finding {

  static OwnDense run(Device device) {
    MyDense layer = new MyDense(3);
    layer.initialize(new Xavier(), device);
    NDArray x = Inputs.uniform(device, 2, 5);
    NDArray y = layer.call(x);
    NDArray weight = layer.params().get("weight").data();
    NDArray bias = layer.params().get("bias").data();
    NDArray byHand = x.dot(weight.transpose()).add(bias).relu();
    return new OwnDense(layer, y, Inputs.distance(y, byHand));
  }

  @Override
  public String title() {
    return "A layer of one's own: MyDense";
  }

  @Override
  public List<String> lines() {
    return List.of(
        layer.params().toString(),
        "an input (2, 5) gives",
        output.toString(),
        "relu(x · weightᵀ + bias) by hand differs by at most " + distance);
  }

  @Override
  public boolean consistent() {
    return distance <= 1e-6 && output.shape().dim(1) == 3;
  }
}
