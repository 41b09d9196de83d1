package io.gluonj.cli.train;

import java.util.Locale;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param images training pictures seen
 * @param complete whether all batches were seen
 * @param seconds time in the training batches, without the test
 */
public record EpochFigures(
    int epoch,
    long images,
    boolean complete,
    double trainLoss,
    double trainAccuracy,
    double testAccuracy,
    double seconds) {

  /** Training pictures per second. */
  public double imagesPerSecond() {
    return images / Math.max(seconds, 1e-9);
  }

  /** One line for people to read. */
  public String line(int epochs) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d: train loss %.4f, train accuracy %.4f, test accuracy %.4f, %,.0f images/s,"
            + " %.1f s%s",
        epoch,
        epochs,
        trainLoss,
        trainAccuracy,
        testAccuracy,
        imagesPerSecond(),
        seconds,
        complete ? "" : " (interrupted)");
  }
}
