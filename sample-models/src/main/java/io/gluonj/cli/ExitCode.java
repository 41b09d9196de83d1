package io.gluonj.cli;

/** What the exit code of a command says. */
public final class ExitCode {
  /** The command did what was asked. */
  public static final int OK = 0;

  /** It could not: training diverged, no usable device, a fault of the program. */
  public static final int FAILED = 1;

  /** What was asked cannot be done: a wrong option, a missing or damaged file. */
  public static final int USAGE = 2;

  /** The user stopped it with Ctrl-C; 128 plus the number of the signal. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
