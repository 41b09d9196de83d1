package io.gluonj.cli;

import io.gluonj.cli.train.Digits;
import io.gluonj.cli.train.Evaluation;
import io.gluonj.data.Batch;
import io.gluonj.data.DataLoader;
import io.gluonj.data.HostArray;
import io.gluonj.data.LabeledDataset;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.samples.SampleModel;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gluonj predict}. */
@Command(
    name = "predict",
    description = "Classifies pictures of digits with the parameters that a training run wrote.")
final class PredictCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  private final Terminal terminal;

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin DeviceOption device = new DeviceOption();

  @Option(
      names = "--params",
      required = true,
      paramLabel = "FILE",
      description = "Parameters, for example build/lenet/lenet-0000.params.")
  Path params = Path.of("");

  @ArgGroup(multiplicity = "1")
  Pictures pictures = new Pictures();

  /** Either read or drawn. */
  static final class Pictures {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Folder with MNIST's test files, plain or .gz.")
    @Nullable Path data;

    @Option(
        names = "--digits",
        paramLabel = "N",
        converter = Values.Count.class,
        description = "Number of digits to draw.")
    @Nullable Integer drawn;

    LabeledDataset<HostArray, Integer> samples(long seed) {
      return data == null
          ? Digits.drawnTest(drawn == null ? 1 : drawn, seed)
          : Digits.readTest(data);
    }
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Values.Seed.class,
      defaultValue = "1",
      description = "Chooses the digits to draw (default: ${DEFAULT-VALUE}).")
  long seed;

  PredictCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SampleModel chosen = model.model();
    Device target = device.device(terminal);
    if (!Files.isRegularFile(params)) {
      throw new UsageException(
          "--params: " + params + (Files.exists(params) ? " is no file" : " does not exist"),
          "the parameters of a trained model are to be read from it",
          "train one: ./gluonj train " + chosen.modelName());
    }
    LabeledDataset<HostArray, Integer> samples = pictures.samples(seed);
    HybridBlock net = chosen.create();
    net.loadParameters(params, target);
    net.hybridize();
    show(net, samples, target);
    terminal.printf(
        "accuracy on %d pictures: %.4f", samples.size(), Evaluation.accuracy(net, samples, target));
    return ExitCode.OK;
  }

  private void show(HybridBlock net, LabeledDataset<HostArray, Integer> samples, Device target) {
    try (var loader = DataLoader.of(samples.take(SHOWN)).batchSize(SHOWN).device(target).build()) {
      for (Batch batch : loader) {
        NDArray probabilities = net.call(batch.data()).softmax(1);
        float[] classes = probabilities.argmax(1).toFloats();
        float[] sure = probabilities.max(1).toFloats();
        for (int i = 0; i < classes.length; i++) {
          terminal.printf(
              "picture %d: a %.0f, %.1f%% sure; it is a %d",
              i, classes[i], 100 * sure[i], samples.get(i).label());
        }
      }
    }
  }
}
