package io.gluonj.cli;

import io.gluonj.backend.Backends;
import io.gluonj.conformance.OpCase;
import io.gluonj.conformance.OpCaseFile;
import io.gluonj.conformance.OpCaseResult;
import io.gluonj.conformance.OpCaseResult.Failed;
import io.gluonj.conformance.OpCaseResult.Passed;
import io.gluonj.conformance.OpCaseResult.Unsupported;
import io.gluonj.conformance.OpCaseRun;
import io.gluonj.types.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gluonj check-ops}. */
@Command(
    name = "check-ops",
    description = {
      "Runs recorded calls of operators, one JSON object a line, and compares what comes out:",
      "outputs, gradients and changed inputs. Prints what failed and what is not supported.",
      "Ends with 0 if every case passed, else with 1."
    })
final class CheckOpsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The cases; docs/how-to/check-operators.md describes them.")
  Path file = Path.of("");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu, gpu:0 or reference (default: ${DEFAULT-VALUE}).")
  String backend = "cpu";

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      converter = Values.Tolerance.class,
      defaultValue = "1e-5",
      description = "Largest difference relative to 1 + |expected| (default: ${DEFAULT-VALUE}).")
  double tolerance;

  CheckOpsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Device device = Device.parse(backend);
    Backends.of(device);
    List<OpCase> cases = OpCaseFile.read(file);
    var run = new OpCaseRun(device, tolerance);
    int passed = 0;
    int failed = 0;
    int unsupported = 0;
    for (OpCase each : cases) {
      OpCaseResult result = run.run(each);
      switch (result) {
        case Passed _ -> passed++;
        case Failed f -> {
          failed++;
          print("failed", each);
          f.differences().forEach(difference -> terminal.println("    " + difference));
        }
        case Unsupported u -> {
          unsupported++;
          print("unsupported", each);
          terminal.println("    " + u.reason());
        }
      }
    }
    terminal.printf("%d passed, %d failed, %d unsupported", passed, failed, unsupported);
    return passed == cases.size() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(String what, OpCase recorded) {
    terminal.println(what + " " + recorded.id() + ": " + recorded.op() + recorded.attributes());
  }
}
