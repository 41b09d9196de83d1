package io.gluonj.cli.tour;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.nn.Sequential;
import io.gluonj.samples.MySequential;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;

/**
 * A net of which one part is imperative: {@code hybridize()} compiles the others.
 *
 * @param hybrid whether the hybrid part was compiled
 * @param inner whether the hybrid layer inside the imperative part was compiled
 * @param refused what a HybridSequential says when an imperative block is added to it
 */
public record ImperativeChild(boolean hybrid, boolean inner, double distance, String refused)
    implements Finding {

  static ImperativeChild run(Device device) {
    HybridSequential features =
        new HybridSequential().add(new Dense(16).activation(RELU), new Dense(8));
    Dense last = new Dense(2);
    Sequential net = new Sequential().add(features, new MySequential(last));
    net.initialize(new Xavier(), device);
    NDArray x = Inputs.uniform(device, 4, 10);
    NDArray before = net.call(x);
    net.hybridize();
    NDArray after = net.call(x);
    String refused;
    try {
      new HybridSequential().add(new MySequential());
      refused = "";
    } catch (InvalidArgumentException e) {
      refused = String.valueOf(e.getMessage());
    }
    return new ImperativeChild(
        features.isHybridized() && features.compilations() > 0,
        last.isHybridized() && last.compilations() > 0,
        Inputs.distance(before, after),
        refused);
  }

  @Override
  public String title() {
    return "A net with a child that is not hybrid";
  }

  @Override
  public List<String> lines() {
    return List.of(
        "net.hybridize() compiled the HybridSequential: " + hybrid,
        "MySequential was passed over and runs imperatively; its Dense was compiled: " + inner,
        "the outputs before and after differ by at most " + distance,
        "a HybridSequential takes no such child:",
        refused);
  }

  @Override
  public boolean consistent() {
    return hybrid && inner && distance <= 1e-5 && !refused.isEmpty();
  }
}
