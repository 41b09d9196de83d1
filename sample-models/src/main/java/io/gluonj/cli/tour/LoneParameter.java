package io.gluonj.cli.tour;

import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * A parameter that belongs to no block.
 *
 * @param before its gradient before any computation
 * @param after its gradient of the sum of its squares
 */
public record LoneParameter(Parameter parameter, NDArray before, NDArray after) implements Finding {

  static LoneParameter run(Device device) {
    Parameter parameter = new Parameter("exclusive_share", Shape.of(2, 3));
    parameter.initialize(device);
    NDArray before = parameter.grad().copyTo(device);
    NDArray sum;
    try (var _ = Autograd.record()) {
      sum = parameter.data().square().sum();
    }
    sum.backward();
    return new LoneParameter(parameter, before, parameter.grad());
  }

  @Override
  public String title() {
    return "A parameter on its own";
  }

  @Override
  public List<String> lines() {
    return List.of(
        parameter.toString(),
        "data:\n" + parameter.data(),
        "grad before any computation:\n" + before,
        "grad of sum(data²), which is 2 · data:\n" + after);
  }

  @Override
  public boolean consistent() {
    return before.abs().max().item() == 0 && after.isClose(parameter.data().mul(2), 1e-6);
  }
}
