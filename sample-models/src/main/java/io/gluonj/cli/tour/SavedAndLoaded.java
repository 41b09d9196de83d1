package io.gluonj.cli.tour;

import io.gluonj.initializer.Xavier;
import io.gluonj.samples.Mlp;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Parameters written by one net and read by another.
 *
 * @param before difference of both nets' outputs before
 * @param after and after
 */
public record SavedAndLoaded(long bytes, double before, double after) implements Finding {

  static SavedAndLoaded run(Device device) {
    NDArray x = Inputs.uniform(device, 2, 20);
    Mlp first = new Mlp(3, 16, 8);
    first.initialize(new Xavier(), device);
    NDArray expected = first.call(x);
    Mlp second = new Mlp(3, 16, 8);
    second.initialize(new Xavier(), device);
    double before = Inputs.distance(second.call(x), expected);
    try {
      Path file = Files.createTempFile("gluonj-tour", ".params");
      try {
        first.saveParameters(file);
        second.loadParameters(file, device);
        return new SavedAndLoaded(
            Files.size(file), before, Inputs.distance(second.call(x), expected));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String title() {
    return "Saving parameters, and loading them into a second net";
  }

  @Override
  public List<String> lines() {
    return List.of(
        "two nets with weights of their own differ by " + before,
        "the first net's parameters make a file of " + bytes + " bytes",
        "after the second has loaded it, they differ by " + after);
  }

  @Override
  public boolean consistent() {
    return before > 0 && after == 0 && bytes > 0;
  }
}
