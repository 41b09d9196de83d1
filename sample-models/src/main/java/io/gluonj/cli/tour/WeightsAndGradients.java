package io.gluonj.cli.tour;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.util.List;

/** Weight and gradient of the first layer of a net. */
public record WeightsAndGradients(Parameter weight, Parameter bias) implements Finding {

  static WeightsAndGradients run(Device device) {
    HybridSequential net = new HybridSequential().add(new Dense(2).activation(RELU), new Dense(1));
    net.initialize(new Xavier(), device);
    NDArray loss;
    try (var _ = Autograd.record()) {
      loss = net.call(Inputs.uniform(device, 8, 4)).square().mean();
    }
    loss.backward();
    return new WeightsAndGradients(
        net.get(0).params().get("weight"), net.get(0).params().get("bias"));
  }

  @Override
  public String title() {
    return "Weights and gradients of net.get(0)";
  }

  @Override
  public List<String> lines() {
    return List.of(
        "net.get(0).params().get(\"weight\").data():\n" + weight.data(),
        "its gradient after a backward pass:\n" + weight.grad(),
        "the gradient of the bias:\n" + bias.grad());
  }

  @Override
  public boolean consistent() {
    return weight.grad().shape().equals(weight.data().shape())
        && weight.grad().abs().max().item() > 0;
  }
}
