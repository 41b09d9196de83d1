package io.gluonj.cli;

import io.gluonj.cli.tour.Finding;
import io.gluonj.cli.tour.Tour;
import io.gluonj.types.Device;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gluonj tour}. */
@Command(
    name = "tour",
    description = {
      "Walks through the Gluon tutorial step by step.",
      "Ends with 0 if every step found what it says, else with 1."
    })
final class TourCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin DeviceOption device = new DeviceOption();

  TourCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Device target = device.device(terminal);
    int wrong = 0;
    for (int step = 0; step < Tour.size(); step++) {
      Finding finding = Tour.run(step, target);
      terminal.println("== %d of %d: %s".formatted(step + 1, Tour.size(), finding.title()));
      finding.lines().forEach(terminal::println);
      if (!finding.consistent()) {
        wrong++;
        terminal.println("!! this is not what the step should find");
      }
      terminal.println("");
    }
    terminal.println(
        wrong == 0
            ? Tour.size() + " steps on " + target + ", each found what it says"
            : wrong + " of " + Tour.size() + " steps did not find what they say");
    return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
