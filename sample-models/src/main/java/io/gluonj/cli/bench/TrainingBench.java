package io.gluonj.cli.bench;

import io.gluonj.backend.Profiler;
import io.gluonj.gluon.Amp;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Trainer;
import io.gluonj.gluon.TrainingStep;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Times steps one by one: of training, whose loss is read back, as a loop that logs would, or of
 * inference, whose first result is.
 */
public final class TrainingBench {
  /** How long to run: at least {@code steps} steps and {@code seconds} seconds after warming up. */
  public record Length(double warm, double seconds, int steps) {}

  /**
   * A benchmark's result; times in milliseconds.
   *
   * @param precision {@code ,"amp":"TYPE"} where products had another type than float32
   */
  public record Result(
      double median,
      double p10,
      double p90,
      double firstStep,
      double startup,
      List<Double> losses,
      int batch,
      String precision) {
    /** One line for programs to read, with the losses that prove equal training. */
    public String json(String impl, Workload work, int threads) throws IOException {
      return String.format(
          Locale.ROOT,
          "{\"impl\":\"%s\",\"work\":\"%s\",\"batch\":%d,\"threads\":%d%s,\"median_ms\":%.4f,\"p10\":%.4f,"
              + "\"p90\":%.4f,\"samples_per_s\":%.1f,\"peak_rss_mb\":%.0f,"
              + "\"first_step_ms\":%.1f,\"startup_ms\":%.0f,\"first_loss\":%.6f,"
              + "\"loss20\":%.6f,\"loss40\":%.6f,\"final_loss\":%.6f,\"steps\":%d}",
          impl,
          work.workName(),
          batch,
          threads,
          precision,
          median,
          p10,
          p90,
          batch / median * 1e3,
          PeakMemory.megabytes(),
          firstStep,
          startup,
          losses.getFirst(),
          loss(20),
          loss(40),
          losses.getLast(),
          losses.size());
    }

    private double loss(int step) {
      return losses.get(Math.min(step, losses.size()) - 1);
    }
  }

  private static final int WARM_STEPS = 10;

  private final int batch;
  private final String precision;
  private final IntToDoubleFunction step;

  /**
   * Builds net and batches of a size on a device; compiled steps unless {@code eager}.
   *
   * @param amp how precisions are mixed in compiled steps, if they are
   */
  public TrainingBench(Workload work, int batch, Device device, boolean eager, Optional<Amp> amp) {
    this.batch = batch;
    this.precision = amp.map(a -> ",\"amp\":\"" + a.compute() + "\"").orElse("");
    this.step =
        work.trains()
            ? training(work, batch, device, eager, amp)
            : inference(work, batch, device, eager, amp);
  }

  /** Times a step that somebody else made: given its number it returns the loss. */
  TrainingBench(int batch, IntToDoubleFunction step) {
    this.batch = batch;
    this.precision = "";
    this.step = step;
  }

  private static IntToDoubleFunction inference(
      Workload work, int batch, Device device, boolean eager, Optional<Amp> amp) {
    HybridBlock net = work.build(device);
    net.hybridize(!eager);
    amp.ifPresent(net::hybridize);
    List<NDArray> data = batches(k -> work.data(k, batch, device));
    return k -> net.call(data.get(k % data.size())).toFloats()[0];
  }

  private static IntToDoubleFunction training(
      Workload work, int batch, Device device, boolean eager, Optional<Amp> amp) {
    HybridBlock net = work.build(device);
    var loss = new SoftmaxCrossEntropyLoss();
    Trainer trainer = new Trainer(net.collectParams(), work.optimizer());
    List<NDArray> data = batches(k -> work.data(k, batch, device));
    List<NDArray> labels = batches(k -> work.label(k, batch, device));
    if (!eager) {
      TrainingStep compiled = trainer.compile(net, loss);
      amp.ifPresent(compiled::amp);
      return k -> compiled.call(data.get(k % data.size()), labels.get(k % labels.size())).item();
    }
    return k -> {
      NDArray each;
      try (var _ = Autograd.record()) {
        each = loss.call(net.call(data.get(k % data.size())), labels.get(k % labels.size()));
      }
      each.backward();
      trainer.step(batch);
      double sum = 0;
      for (float value : each.toFloats()) {
        sum += value;
      }
      return sum / batch;
    };
  }

  private static List<NDArray> batches(IntFunction<NDArray> batch) {
    return IntStream.range(0, BenchData.BATCHES).mapToObj(batch).toList();
  }

  private double step(int k) {
    try (var _ = TensorScope.open()) {
      return step.applyAsDouble(k);
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
        sorted[n / 2],
        sorted[n / 10],
        sorted[n * 9 / 10],
        first,
        startup,
        losses,
        batch,
        precision);
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
