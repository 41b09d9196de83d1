package io.gluonj.cli.tour;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.util.List;

/**
 * One net, operator by operator and compiled.
 *
 * @param distance largest difference of the outputs
 * @param eager microseconds for a call before {@code hybridize()}
 * @param compiled and after
 */
public record Hybridized(double distance, double eager, double compiled) implements Finding {
  private static final int CALLS = 200;

  static Hybridized run(Device device) {
    HybridSequential net =
        new HybridSequential()
            .add(new Dense(256).activation(RELU), new Dense(128).activation(RELU), new Dense(2));
    net.initialize(new Xavier(), device);
    NDArray x = Inputs.uniform(device, 1, 512);
    NDArray before = net.call(x);
    double eager = micros(net, x);
    net.hybridize();
    NDArray after = net.call(x);
    return new Hybridized(Inputs.distance(before, after), eager, micros(net, x));
  }

  private static double micros(HybridSequential net, NDArray x) {
    int calls = x.device().equals(Device.reference()) ? CALLS / 10 : CALLS;
    long started = 0;
    for (int i = -calls / 2; i < calls; i++) {
      if (i == 0) {
        started = System.nanoTime(); // the first calls warm up
      }
      try (var _ = TensorScope.open()) {
        net.call(x);
      }
    }
    return (System.nanoTime() - started) * 1e-3 / calls;
  }

  @Override
  public String title() {
    return "HybridSequential, hybridized";
  }

  @Override
  public List<String> lines() {
    return List.of(
        "operator by operator: %.1f µs a call".formatted(eager),
        "after hybridize():    %.1f µs a call".formatted(compiled),
        "the outputs differ by at most " + distance);
  }

  @Override
  public boolean consistent() {
    return distance <= 1e-5 && eager > 0 && compiled > 0;
  }
}
