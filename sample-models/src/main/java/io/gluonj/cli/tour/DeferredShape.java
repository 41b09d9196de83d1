package io.gluonj.cli.tour;

import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.types.Device;
import io.gluonj.types.NotInitializedException;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * A weight whose shape the first input completes.
 *
 * @param tooEarly what reading the weight before the first input says
 */
public record DeferredShape(
    String printedBefore, Shape before, String tooEarly, String printedAfter, Shape after)
    implements Finding {

  static DeferredShape run(Device device) {
    Dense layer = new Dense(10);
    layer.initialize(new Xavier(), device);
    Parameter weight = layer.params().get("weight");
    String printed = layer.params().toString();
    Shape before = weight.shape();
    String tooEarly;
    try {
      weight.data();
      tooEarly = "";
    } catch (NotInitializedException e) {
      tooEarly = String.valueOf(e.getMessage());
    }
    layer.call(Inputs.uniform(device, 2, 20));
    return new DeferredShape(printed, before, tooEarly, layer.params().toString(), weight.shape());
  }

  @Override
  public String title() {
    return "Deferred initialization";
  }

  @Override
  public List<String> lines() {
    return List.of(
        "before the first input an unknown extent is shown as 0:",
        printedBefore,
        "reading the weight then says:",
        tooEarly,
        "after an input (2, 20):",
        printedAfter);
  }

  @Override
  public boolean consistent() {
    return before.toString().equals("(10, 0)")
        && after.equals(Shape.of(10, 20))
        && !tooEarly.isEmpty();
  }
}
