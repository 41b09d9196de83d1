package io.gluonj.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How long one operation takes. Times are milliseconds.
 *
 * @param median of batches of about two milliseconds, divided by their length; likewise the
 *     percentiles
 * @param first the first operation
 * @param startup from the start of the process to its end
 * @param checksum of the operation's result
 * @param operations how many were timed
 */
public record MicroResult(
    String work,
    double median,
    double p10,
    double p90,
    double first,
    double startup,
    double checksum,
    long operations) {
  private static final double BATCH_NANOSECONDS = 2e6;
  private static final int LARGEST_BATCH = 1_000_000;

  /** A training step is measured for longer than an operation. */
  private static final double WARM_SHARE = 0.5;

  private static final double MEASURED_SHARE = 0.4;

  /** Where results go. */
  public interface Sink {
    void accept(MicroResult result) throws IOException;
  }

  /** Operations in a row. */
  interface Loop {
    void run(int count);
  }

  static MicroResult measure(String work, double checksum, TrainingBench.Length length, Loop loop) {
    double first = nanoseconds(loop, 1) / 1e6;
    double startup = sinceProcessStart();
    int count = 1;
    long warm = System.nanoTime();
    while (System.nanoTime() - warm < length.warm() * WARM_SHARE * 1e9) {
      double each = nanoseconds(loop, count) / count;
      count = (int) Math.clamp(BATCH_NANOSECONDS / each, 1, LARGEST_BATCH);
    }
    DoubleStream.Builder times = DoubleStream.builder();
    long begin = System.nanoTime();
    int batches = 0;
    while (batches < length.steps()
        || System.nanoTime() - begin < length.seconds() * MEASURED_SHARE * 1e9) {
      times.add(nanoseconds(loop, count) / 1e6 / count);
      batches++;
    }
    double[] sorted = times.build().toArray();
    Arrays.sort(sorted);
    return new MicroResult(
        work,
        sorted[batches / 2],
        sorted[batches / 10],
        sorted[batches * 9 / 10],
        first,
        startup,
        checksum,
        (long) batches * count);
  }

  private static double nanoseconds(Loop loop, int count) {
    long start = System.nanoTime();
    loop.run(count);
    return Math.max(1, System.nanoTime() - start);
  }

  private static double sinceProcessStart() {
    Instant now = Instant.now();
    Instant start = ProcessHandle.current().info().startInstant().orElse(now);
    return Duration.between(start, now).toNanos() / 1e6;
  }

  /** As one JSON object. */
  public String json(String impl, int threads, double peakMegabytes) {
    return String.format(
        Locale.ROOT,
        "{\"impl\":\"%s\",\"work\":\"%s\",\"threads\":%d,\"median_ms\":%s,\"p10\":%s,\"p90\":%s,"
            + "\"samples_per_s\":%.1f,\"peak_rss_mb\":%.0f,\"first_step_ms\":%.1f,"
            + "\"startup_ms\":%.0f,\"final_loss\":%.6f,\"ns_per_op\":%.1f,\"steps\":%d}",
        impl,
        work,
        threads,
        milliseconds(median),
        milliseconds(p10),
        milliseconds(p90),
        1e3 / median,
        peakMegabytes,
        first,
        startup,
        checksum,
        median * 1e6,
        operations);
  }

  private static String milliseconds(double value) {
    return String.format(Locale.ROOT, value < 0.1 ? "%.7f" : "%.4f", value);
  }
}
