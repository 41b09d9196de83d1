package io.gluonj.cli;

import io.gluonj.cli.bench.DeviceBench;
import io.gluonj.cli.bench.MicroBench;
import io.gluonj.cli.bench.PeakMemory;
import io.gluonj.cli.bench.TrainingBench;
import io.gluonj.cli.bench.Workload;
import io.gluonj.gluon.Amp;
import io.gluonj.registry.Registry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
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
      description = "Samples in a batch (default: what other frameworks are timed with).")
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

  @Option(names = "--amp", description = "Compute products in bfloat16, all else in float32 (Amp).")
  boolean amp;

  @Option(
      names = "--profile",
      description = "Print where the time of measured steps goes, kernel by kernel.")
  boolean profile;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    checkAmp();
    // Read by the thread pool when it starts, with the first kernel.
    System.setProperty("gluonj.threads", Integer.toString(threads));
    if (DeviceBench.WORKS.contains(work)) {
      new DeviceBench(device.device(), seconds)
          .run(work, size, line -> terminal.println(line.json(impl, threads)));
    } else if (MicroBench.WORKS.contains(work)) {
      new MicroBench(
              device.device(),
              new TrainingBench.Length(warm, seconds, steps),
              result -> terminal.println(result.json(impl, threads, PeakMemory.megabytes())))
          .run(work);
    } else {
      train(workload());
    }
    return ExitCode.OK;
  }

  private void checkAmp() {
    boolean steps = !DeviceBench.WORKS.contains(work) && !MicroBench.WORKS.contains(work);
    if (amp && (eager || !steps)) {
      throw new UsageException(
          "bench " + work + (eager ? " --eager" : "") + " --amp",
          "precisions are mixed when a net is compiled",
          "name a net, such as lenet, and leave --eager out");
    }
  }

  private void train(Workload chosen) throws IOException {
    var bench =
        new TrainingBench(
            chosen,
            batch == null ? chosen.batch() : batch,
            device.device(),
            eager,
            amp ? Optional.of(Amp.bfloat16()) : Optional.empty());
    TrainingBench.Result result = bench.run(new TrainingBench.Length(warm, seconds, steps));
    if (profile) {
      terminal.println(bench.profile(steps));
    }
    terminal.println(result.json(impl, chosen, threads));
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
}
