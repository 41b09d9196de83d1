package io.gluonj.cli.train;

import io.gluonj.cli.Terminal;

/** A line every ten seconds, for logs: short epochs print none. */
final class ProgressLines implements Progress {
  private static final long EVERY_NS = 10_000_000_000L;

  private final Terminal terminal;
  private final String epoch;
  private final long images;
  private final long started = System.nanoTime();
  private long printed = started;
  private long done;

  ProgressLines(Terminal terminal, int epoch, int epochs, long images) {
    this.terminal = terminal;
    this.epoch = "epoch " + epoch + "/" + epochs;
    this.images = images;
  }

  @Override
  public void step(long count, double meanLoss) {
    done += count;
    long now = System.nanoTime();
    if (now - printed >= EVERY_NS && done < images) {
      printed = now;
      double rate = done / ((now - started) * 1e-9);
      terminal.printf(
          "%s: %d of %d images, loss %.4f, %,.0f images/s, %.0f s to go",
          epoch, done, images, meanLoss, rate, (images - done) / rate);
    }
  }

  @Override
  public void close() {}
}
