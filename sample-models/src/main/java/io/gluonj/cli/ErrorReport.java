package io.gluonj.cli;

import io.gluonj.types.GluonException;
import io.gluonj.types.MemoryLimitException;
import io.gluonj.types.VerificationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever a command throws into one message on the error stream, of the form that all
 * messages of the framework have, and into an exit code. Stack traces are for {@code --debug}.
 */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Terminal terminal;

  ErrorReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** For what picocli found wrong with the arguments. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    print(message(e), e, Arrays.asList(args).contains("--debug"));
    return ExitCode.USAGE;
  }

  /** For what a command threw. */
  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof ParameterException wrong) {
      return handleParseException(wrong, parsed.originalArgs().toArray(String[]::new));
    }
    boolean debug = parsed.originalArgs().contains("--debug");
    return switch (e) {
      case VerificationException fault -> internal(fault, debug);
      case MemoryLimitException memory -> print(message(memory), memory, debug, ExitCode.FAILED);
      case TrainingException failed -> print(message(failed), failed, debug, ExitCode.FAILED);
      case GluonException wrong -> print(message(wrong), wrong, debug, ExitCode.USAGE);
      case UncheckedIOException io ->
          print(message(Objects.requireNonNull(io.getCause())), io, debug, ExitCode.FAILED);
      case IOException io -> print(message(io), io, debug, ExitCode.FAILED);
      default -> internal(e, debug);
    };
  }

  private int internal(Exception fault, boolean debug) {
    return print(
        text(
            "unexpected failure: " + fault,
            "this is a fault of GluonJ, not of what you typed",
            "report it with the output of the same command with --debug"),
        fault,
        debug,
        ExitCode.FAILED);
  }

  private int print(String message, Exception cause, boolean debug, int code) {
    print(message, cause, debug);
    return code;
  }

  private void print(String message, Exception cause, boolean debug) {
    terminal.out().flush();
    terminal.err().println(message);
    if (debug) {
      cause.printStackTrace(terminal.err());
    }
  }

  private static String message(GluonException e) {
    return "gluonj: " + e.getMessage();
  }

  private static String message(IOException e) {
    return text(
        "a file could not be read or written: " + e.getMessage(),
        "the system says " + e.getClass().getSimpleName(),
        "check that the disk is not full and that you may use the file");
  }

  private static String message(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String help = "./" + command + " --help lists what can be given";
    return switch (e) {
      case UnmatchedArgumentException unknown ->
          text(
              command + ": " + unknown.getUnmatched().getFirst() + " is not known",
              "there is no such " + (unknown.isUnknownOption() ? "option" : "command or argument"),
              suggestion(unknown.getSuggestions(), help));
      case MissingParameterException missing ->
          text(command + ": " + missing.getMessage(), "it cannot be left out", help);
      case OverwrittenOptionException twice ->
          text(
              command + ": " + name(twice.getOverwritten()) + " was given twice",
              "only one value can be used",
              "give it once");
      case ParameterException wrong when wrong.getCause() instanceof GluonException cause ->
          message(cause);
      case ParameterException wrong when wrong.getCause() instanceof ValueException value ->
          text(subject(wrong) + value.getMessage(), value.because(), value.fix());
      default -> text(command + ": " + e.getMessage(), "the command needs it", help);
    };
  }

  private static String subject(ParameterException wrong) {
    ArgSpec argument = wrong.getArgSpec();
    return argument == null ? "" : name(argument) + ": ";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String suggestion(List<String> similar, String otherwise) {
    return similar.isEmpty() ? otherwise : "did you mean " + String.join(" or ", similar) + "?";
  }

  private static String text(String what, String because, String fix) {
    return "gluonj: "
        + what.replaceFirst("^gluonj:? ", "")
        + "\n  because  "
        + because
        + "\n  fix      "
        + fix;
  }
}
