package io.gluonj.cli.train;

import io.gluonj.cli.Terminal;

/** Tells a person how far an epoch has come. Closed when the epoch ends. */
public interface Progress extends AutoCloseable {
  /** Begins an epoch. */
  @FunctionalInterface
  interface Start {
    Progress epoch(int epoch, long images);
  }

  /** Counts pictures that were trained on, and shows the mean loss so far. */
  void step(long images, double meanLoss);

  @Override
  void close();

  /** A bar that is redrawn where a person watches, lines now and then elsewhere. */
  static Start on(Terminal terminal, int epochs) {
    return terminal.interactive()
        ? (epoch, images) -> new ProgressOverwriting(terminal, epoch, epochs, images)
        : (epoch, images) -> new ProgressLines(terminal, epoch, epochs, images);
  }

  /** Nothing. */
  static Start silent() {
    return (epoch, images) ->
        new Progress() {
          @Override
          public void step(long count, double meanLoss) {}

          @Override
          public void close() {}
        };
  }
}
