package io.gluonj.cli.tour;

import io.gluonj.initializer.Xavier;
import io.gluonj.samples.Mlp;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import java.util.List;

/**
 * What an input of another shape says.
 *
 * @param message names the block, the operator, the shapes and the source line
 */
public record WrongShape(String message) implements Finding {

  static WrongShape run(Device device) {
    Mlp net = new Mlp(3, 16, 8);
    net.initialize(new Xavier(), device);
    net.call(Inputs.uniform(device, 2, 20));
    try {
      net.call(Inputs.uniform(device, 2, 30));
      return new WrongShape("");
    } catch (GluonException e) {
      return new WrongShape(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String title() {
    return "An input of another shape";
  }

  @Override
  public List<String> lines() {
    return List.of("the net has seen (2, 20); an input (2, 30) says:", message);
  }

  @Override
  public boolean consistent() {
    return message.contains("30") && message.contains("20") && message.contains("Mlp");
  }
}
