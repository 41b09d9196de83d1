/**
 * The command line {@code ./gluonj}: training, the tutorial tour, model summaries, predictions and
 * a report on the machine.
 *
 * <p>Each command is a picocli class that checks what the user typed and then calls the library as
 * any program would; what a command does beyond printing lives in sub-packages. A command returns
 * an {@link io.gluonj.cli.ExitCode}; every exception becomes one message, in one place ({@link
 * io.gluonj.cli.ErrorReport}). Nothing here ends the JVM except {@link io.gluonj.cli.Main}, so that
 * tests run commands inside their own process.
 */
@NullMarked
package io.gluonj.cli;

import org.jspecify.annotations.NullMarked;
