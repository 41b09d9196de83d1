package io.gluonj.cli;

import io.gluonj.cli.doctor.Artifacts;
import io.gluonj.cli.doctor.Caches;
import io.gluonj.cli.doctor.Devices;
import io.gluonj.cli.doctor.Machine;
import io.gluonj.types.Device;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gluonj doctor}. */
@Command(
    name = "doctor",
    description = {
      "Says which Java, devices and native libraries were found, or why not.",
      "Ends with 0 if there is a device to train on, else with 1."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    section("GluonJ", List.of(Version.gluonj()));
    section("Java", Machine.java());
    section("System", Machine.system());
    section("Processor", Machine.processor());
    List<Devices.Finding> findings = Devices.findings();
    section("Devices", findings.stream().map(DoctorCommand::line).toList());
    section("Caches", Caches.lines());
    section("Class path", Artifacts.onClassPath());
    boolean healthy = findings.stream().anyMatch(Devices.Finding::fast);
    terminal.println(
        healthy
            ? "Healthy: --device auto uses " + Device.best()
            : "Not healthy: only the slow reference device can be used; see Devices above");
    return healthy ? ExitCode.OK : ExitCode.FAILED;
  }

  private void section(String title, List<String> lines) {
    terminal.println(title);
    lines.forEach(line -> terminal.println("  " + line));
    terminal.println("");
  }

  private static String line(Devices.Finding finding) {
    String head =
        "%-9s  %-10s  ".formatted(finding.name(), finding.usable() ? "usable" : "not usable");
    return head + finding.detail().replace("\n", "\n  " + " ".repeat(head.length()));
  }
}
