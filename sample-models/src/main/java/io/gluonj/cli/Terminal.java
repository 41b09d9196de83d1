package io.gluonj.cli;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a command prints.
 *
 * @param out for results
 * @param err for errors
 * @param interactive whether a person watches: then lines may be overwritten
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /** Characters that fit into a line which is overwritten. */
  public static final int WIDTH = 79;

  /** The streams of this process. */
  @SuppressWarnings("SystemConsoleNull") // it is null again since JDK 25 where no terminal is
  public static Terminal system() {
    Console console = System.console();
    return new Terminal(System.out, System.err, console != null && console.isTerminal());
  }

  /** Prints a line to {@link #out}. */
  public void println(String line) {
    out.println(line);
  }

  /** Prints a formatted line to {@link #out}, with the same numbers everywhere. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library not used otherwise
  public void printf(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  void flush() {
    out.flush();
    err.flush();
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, out.charset());
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, err.charset());
  }
}
