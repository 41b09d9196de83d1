package io.gluonj.cli.bench;

import io.gluonj.backend.Profiler;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Trainer;
import io.gluonj.gluon.TrainingStep;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Times training steps one by one; the loss of each is read back, as a loop that logs would. */
public final class TrainingBench {
  /** How long to run: at least {@code steps} steps and {@code seconds} seconds after warming up. */
  public record Length(double warm, double seconds, int steps) {}

  /** A benchmark's result; times in milliseconds. */
  public record Result(
      double median,
      double p10,
      double p90,
      double firstStep,
      double startup,
      List<Double> losses,
      int batch) {}

  private static final int WARM_STEPS = 10;

  private final int batch;
  private final HybridBlock net;
  private final SoftmaxCrossEntropyLoss loss = new SoftmaxCrossEntropyLoss();
  private final Trainer trainer;
  private final @Nullable TrainingStep step;
  private final List<NDArray> data;
  private final List<NDArray> labels;

  /** Builds net and batches of a size on a device; compiled steps unless {@code eager}. */
  public TrainingBench(Workload work, int batch, Device device, boolean eager) {
    this.batch = batch;
    this.net = work.build(device);
    this.trainer = new Trainer(net.collectParams(), work.optimizer());
    this.step = eager ? null : trainer.compile(net, loss);
    this.data =
        IntStream.range(0, BenchData.BATCHES).mapToObj(k -> work.data(k, batch, device)).toList();
    this.labels =
        IntStream.range(0, BenchData.BATCHES).mapToObj(k -> work.label(k, batch, device)).toList();
  }

  private double step(int k) {
    TrainingStep compiled = step;
    try (var _ = TensorScope.open()) {
      if (compiled != null) {
        return compiled
            .call(data.get(k % BenchData.BATCHES), labels.get(k % BenchData.BATCHES))
            .item();
      }
      NDArray each;
      try (var _ = Autograd.record()) {
        NDArray scores = net.call(data.get(k % BenchData.BATCHES));
        each = loss.call(scores, labels.get(k % BenchData.BATCHES));
      }
      each.backward();
      trainer.step(batch);
      double sum = 0;
      for (float value : each.toFloats()) {
        sum += value;
      }
      return sum / batch;
    }
  }

  /** Runs. */
  public Result run(Length length) {
    var losses = new ArrayList<Double>();
    long begin = System.nanoTime();
    losses.add(step(0));
    double first = millisecondsSince(begin);
    double startup =
        Duration.between(
                    ProcessHandle.current().info().startInstant().orElseGet(Instant::now),
                    Instant.now())
                .toNanos()
            / 1e6;
    long warm = System.nanoTime();
    while (losses.size() < WARM_STEPS || millisecondsSince(warm) < length.warm() * 1e3) {
      losses.add(step(losses.size()));
    }
    DoubleStream.Builder times = DoubleStream.builder();
    long measured = System.nanoTime();
    for (int n = 0;
        n < length.steps() || millisecondsSince(measured) < length.seconds() * 1e3;
        n++) {
      long start = System.nanoTime();
      losses.add(step(losses.size()));
      times.add(millisecondsSince(start));
    }
    double[] sorted = times.build().toArray();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new Result(
        sorted[n / 2], sorted[n / 10], sorted[n * 9 / 10], first, startup, losses, batch);
  }

  /** Where the time of some further steps goes. */
  public String profile(int count) {
    try (Profiler profiler = Profiler.start()) {
      for (int k = 0; k < count; k++) {
        step(k);
      }
      return profiler.table();
    }
  }

  private static double millisecondsSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
