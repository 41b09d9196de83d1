package io.gluonj.cli;

import io.gluonj.cli.bench.DeviceBench;
import io.gluonj.cli.bench.MicroBench;
import io.gluonj.cli.bench.TrainingBench;
import io.gluonj.cli.bench.Workload;
import io.gluonj.registry.Registry;
import io.gluonj.types.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gluonj bench}: JSON lines about the speed of steps of nets, operations or a device. */
@Command(
    name = "bench",
    description = {
      "Times steps with agreed data and weights (lenet, mlp, ...), or what a device reaches",
      "(pointwise: GB/s; gemm: TFLOP/s), or single operations (tinyadd, eltwise).",
      "Prints one JSON line for each result."
    })
final class BenchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "WORK",
      description =
          "lenet, mlp, resnet18, resnet50, transformer, lstm, pointwise, gemm, tinyadd or eltwise.")
  String work = "";

  @Mixin DeviceOption device = new DeviceOption();

  @Option(names = "--impl", defaultValue = "gluonj", description = "Name in the JSON line.")
  String impl = "";

  @Option(
      names = "--threads",
      converter = Values.Count.class,
      defaultValue = "2",
      description = "Threads of the kernels (default: ${DEFAULT-VALUE}).")
  int threads;

  @Option(names = "--warm", defaultValue = "3", description = "Seconds of warming up.")
  double warm;

  @Option(names = "--seconds", defaultValue = "5", description = "Seconds to measure at least.")
  double seconds;

  @Option(names = "--steps", defaultValue = "30", description = "Steps to measure at least.")
  int steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "Samples in a batch (default: 64 for lenet, 128 for mlp).")
  @Nullable Integer batch;

  @Option(
      names = "--size",
      paramLabel = "N",
      converter = Values.Count.class,
      description =
          "Elements (pointwise, default 2^26) or rows of the matrices (gemm, default 4096).")
  @Nullable Integer size;

  @Option(names = "--eager", description = "Run operator by operator instead of compiled.")
  boolean eager;

  @Option(
      names = "--profile",
      description = "Print where the time of measured steps goes, kernel by kernel.")
  boolean profile;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    // Read by the thread pool when it starts, with the first kernel.
    System.setProperty("gluonj.threads", Integer.toString(threads));
    if (DeviceBench.WORKS.contains(work)) {
      new DeviceBench(device.device(), seconds)
          .run(work, size, line -> terminal.println(line.json(impl, threads)));
    } else if (MicroBench.WORKS.contains(work)) {
      new MicroBench(
              device.device(),
              new TrainingBench.Length(warm, seconds, steps),
              result -> terminal.println(result.json(impl, threads, peakMegabytes())))
          .run(work);
    } else {
      train(workload());
    }
    return ExitCode.OK;
  }

  private void train(Workload chosen) throws IOException {
    var bench =
        new TrainingBench(chosen, batch == null ? chosen.batch() : batch, device.device(), eager);
    TrainingBench.Result result = bench.run(new TrainingBench.Length(warm, seconds, steps));
    if (profile) {
      terminal.println(bench.profile(steps));
    }
    List<Double> losses = result.losses();
    terminal.println(
        String.format(
            Locale.ROOT,
            "{\"impl\":\"%s\",\"work\":\"%s\",\"batch\":%d,\"threads\":%d,\"median_ms\":%.4f,\"p10\":%.4f,"
                + "\"p90\":%.4f,\"samples_per_s\":%.1f,\"peak_rss_mb\":%.0f,"
                + "\"first_step_ms\":%.1f,\"startup_ms\":%.0f,\"first_loss\":%.6f,"
                + "\"loss20\":%.6f,\"loss40\":%.6f,\"final_loss\":%.6f,\"steps\":%d}",
            impl,
            chosen.workName(),
            result.batch(),
            threads,
            result.median(),
            result.p10(),
            result.p90(),
            result.batch() / result.median() * 1e3,
            peakMegabytes(),
            result.firstStep(),
            result.startup(),
            losses.getFirst(),
            at(losses, 20),
            at(losses, 40),
            losses.getLast(),
            losses.size()));
  }

  private Workload workload() {
    return Arrays.stream(Workload.values())
        .filter(w -> w.workName().equals(work))
        .findFirst()
        .orElseThrow(() ->
            Registry.unknown(
                "workload",
                work,
                Stream.of(
                        Arrays.stream(Workload.values()).map(Workload::workName),
                        DeviceBench.WORKS.stream(),
                        MicroBench.WORKS.stream())
                    .flatMap(names -> names)
                    .toList()));
  }

  private static double at(List<Double> losses, int step) {
    return losses.get(Math.min(step, losses.size()) - 1);
  }

  /**
   * Peak resident memory of this process in units of 2^20 bytes; 0 where the system does not say.
   */
  private static double peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow(() ->
            new FileFormatException(
                status + " has no line VmHWM",
                "the peak memory of the process is read there",
                "report it with the name and version of your system"));
  }
}
