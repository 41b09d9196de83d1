package io.gluonj.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code gluonj} without a subcommand, and the options that all commands have. */
@Command(
    name = "gluonj",
    description = "Gluon for Java: trains, inspects and runs neural networks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.Provider.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:training failed, a case of operators did not pass, or a device failed",
      "2:a wrong option, or a missing or damaged file",
      "130:stopped with Ctrl-C"
    })
final class GluonjCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  boolean debug;

  /** The command line with all commands. */
  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new GluonjCommand());
    for (Object command :
        List.of(
            new TrainCommand(terminal),
            new PredictCommand(terminal),
            new InspectCommand(terminal),
            new TourCommand(terminal),
            new BenchCommand(terminal),
            new CheckOpsCommand(terminal),
            new DoctorCommand(terminal))) {
      line.addSubcommand(command);
    }
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command was given");
  }
}
