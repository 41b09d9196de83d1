package io.gluonj.cli;

import java.util.Locale;
import picocli.CommandLine;

/** Entry point of {@code ./gluonj}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
    Terminal terminal = Terminal.system();
    int code = run(terminal, args);
    terminal.flush();
    System.exit(code);
  }

  /**
   * Runs one command.
   *
   * @return its exit code, see {@link ExitCode}
   */
  public static int run(Terminal terminal, String... args) {
    ErrorReport report = new ErrorReport(terminal);
    CommandLine line =
        GluonjCommand.commandLine(terminal)
            .setParameterExceptionHandler(report)
            .setExecutionExceptionHandler(report)
            .setOut(terminal.outWriter())
            .setErr(terminal.errWriter());
    return line.execute(args);
  }
}
