package io.gluonj.cli.tour;

import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.types.Device;
import java.util.List;

/**
 * First values by Xavier's rule.
 *
 * @param bound what the rule allows: sqrt(3 / mean of fan-in and fan-out)
 * @param largest magnitude found
 */
public record XavierValues(Parameter weight, double bound, double largest) implements Finding {
  private static final int IN = 20;
  private static final int OUT = 40;

  static XavierValues run(Device device) {
    Dense layer = new Dense(OUT).inUnits(IN);
    layer.initialize(new Xavier(), device);
    Parameter weight = layer.params().get("weight");
    return new XavierValues(
        weight, Math.sqrt(3.0 / ((IN + OUT) / 2.0)), weight.data().abs().max().item());
  }

  @Override
  public String title() {
    return "Initialization with Xavier";
  }

  @Override
  public List<String> lines() {
    return List.of(
        weight.toString(),
        "uniform in ±%.4f; the largest magnitude of the %d values is %.4f"
            .formatted(bound, IN * OUT, largest));
  }

  @Override
  public boolean consistent() {
    return largest <= bound * (1 + 1e-6) && largest > 0.9 * bound;
  }
}
