package io.gluonj.metric;

import java.util.Locale;

/** A sum and how many things were summed. */
final class RunningMean {
  private double sum;
  private long count;

  void add(double part, long things) {
    sum += part;
    count += things;
  }

  double value() {
    return count == 0 ? Double.NaN : sum / count;
  }

  void reset() {
    sum = 0;
    count = 0;
  }

  /** {@code accuracy 0.9912}. */
  static String print(Metric metric) {
    return String.format(Locale.ROOT, "%s %.4f", metric.name(), metric.get());
  }
}
