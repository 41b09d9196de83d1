package io.gluonj.cli;

import io.gluonj.cli.train.Digits;
import io.gluonj.cli.train.EpochFigures;
import io.gluonj.cli.train.Interruption;
import io.gluonj.cli.train.OutputFolder;
import io.gluonj.cli.train.Progress;
import io.gluonj.cli.train.TrainingLog;
import io.gluonj.cli.train.TrainingPlan;
import io.gluonj.cli.train.TrainingRun;
import io.gluonj.samples.SampleModel;
import io.gluonj.types.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gluonj train}. */
@Command(
    name = "train",
    description = {
      "Trains a model on pictures of digits and writes it to a folder.",
      "Without --data it trains on digits it draws itself."
    })
final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin DeviceOption device = new DeviceOption();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with MNIST's four IDX files, plain or .gz.")
  @Nullable Path data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Values.Count.class,
      defaultValue = "3",
      description = "Passes over the training samples (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Values.Count.class,
      defaultValue = "64",
      description = "Samples per step (default: ${DEFAULT-VALUE}).")
  int batchSize;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      converter = Values.OptimizerName.class,
      defaultValue = "sgd",
      description = "sgd or adam (default: ${DEFAULT-VALUE}).")
  String optimizer = "";

  @Option(
      names = "--lr",
      paramLabel = "F",
      converter = Values.Rate.class,
      description = "First learning rate (default: 0.05 for sgd, 0.001 for adam).")
  @Nullable Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "F",
      converter = Values.Fraction.class,
      defaultValue = "0.9",
      description = "Momentum of sgd (default: ${DEFAULT-VALUE}).")
  double momentum;

  @Option(
      names = "--hybridize",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Compile the net as a whole, or run its operators one by one.")
  boolean hybridize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Values.Seed.class,
      defaultValue = "1",
      description =
          "Chooses first weights, order of samples and drawn digits (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--train-samples",
      paramLabel = "N",
      converter = Values.Count.class,
      defaultValue = "8000",
      description = "Digits to draw for training (default: ${DEFAULT-VALUE}).")
  int trainSamples;

  @Option(
      names = "--test-samples",
      paramLabel = "N",
      converter = Values.Count.class,
      defaultValue = "2000",
      description = "Digits to draw for testing (default: ${DEFAULT-VALUE}).")
  int testSamples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write to (default: build/MODEL).")
  @Nullable Path out;

  @Option(names = "--quiet", description = "Print only what was written and the final accuracy.")
  boolean quiet;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    SampleModel chosen = model.model();
    Device target = device.device(terminal);
    Digits digits =
        data == null ? Digits.drawn(trainSamples, testSamples, seed) : Digits.read(data);
    OutputFolder folder =
        OutputFolder.prepare(out == null ? Path.of("build", chosen.modelName()) : out);
    try (Interruption interruption = Interruption.listen()) {
      TrainingPlan plan =
          new TrainingPlan(
              chosen,
              epochs,
              batchSize,
              optimizer,
              learningRate == null ? (optimizer.equals("adam") ? 0.001 : 0.05) : learningRate,
              momentum,
              target,
              hybridize,
              seed);
      return train(plan, digits, folder, interruption);
    }
  }

  private int train(
      TrainingPlan plan, Digits digits, OutputFolder folder, Interruption interruption)
      throws IOException {
    say(
        "training %s on %s: %d samples, %d for the test; device %s, seed %d",
        plan.model().modelName(),
        digits.origin(),
        digits.train().size(),
        digits.test().size(),
        plan.device(),
        plan.seed());
    TrainingLog log = new TrainingLog(header(plan, digits));
    TrainingRun run = new TrainingRun(plan, digits, interruption::requested);
    double accuracy =
        run.train(
            quiet ? Progress.silent() : Progress.on(terminal, plan.epochs()),
            figures -> report(figures, plan, log));
    if (run.steps() == 0) {
      terminal.println("interrupted before the first batch; nothing was written");
      return ExitCode.INTERRUPTED;
    }
    List<Path> written =
        folder.place(staging -> {
          run.export(staging);
          log.write(staging);
        });
    written.forEach(file -> terminal.println("wrote " + file));
    if (interruption.requested()) {
      terminal.println(
          "interrupted after " + run.steps() + " batches; the accuracy below is a quick estimate");
    }
    terminal.printf("test accuracy: %.4f", accuracy);
    terminal.flush();
    return interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private void report(EpochFigures figures, TrainingPlan plan, TrainingLog log) {
    log.add(figures);
    say("%s", figures.line(plan.epochs()));
  }

  private void say(String format, Object... values) {
    if (!quiet) {
      terminal.printf(format, values);
    }
  }

  private static Map<String, Object> header(TrainingPlan plan, Digits digits) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("started", Instant.now().toString());
    header.put("gluonj", Version.gluonj());
    header.put("java", Version.java());
    header.put("system", Version.system());
    header.put("model", plan.model().modelName());
    header.put("data", digits.origin());
    header.put("trainSamples", digits.train().size());
    header.put("testSamples", digits.test().size());
    header.put("device", plan.device().toString());
    header.put("seed", plan.seed());
    header.put("options", plan.options());
    return header;
  }
}
