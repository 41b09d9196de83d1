package io.gluonj.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir Path folder;

  private CommandRun train(String out, String... more) {
    List<String> args =
        Stream.concat(
                Stream.of(
                    "train",
                    "mlp",
                    "--train-samples",
                    "600",
                    "--test-samples",
                    "200",
                    "--epochs",
                    "3",
                    "--batch-size",
                    "20",
                    "--seed",
                    "7",
                    "--out",
                    folder.resolve(out).toString()),
                Stream.of(more))
            .toList();
    return CommandRun.of(args.toArray(String[]::new));
  }

  private static double accuracy(CommandRun run) {
    String last = run.lines().getLast();
    assertThat(last).matches("test accuracy: [01]\\.\\d{4}");
    return Double.parseDouble(last.substring(last.indexOf(':') + 1));
  }

  private List<JsonObject> log(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("training.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  @Test
  void learnsDigitsItDrawsItself() throws IOException {
    CommandRun run = train("a");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(accuracy(run)).isGreaterThan(0.5); // a tenth is chance
    List<JsonObject> log = log("a");
    assertThat(log).hasSize(4);
    assertThat(log.getFirst().get("kind").getAsString()).isEqualTo("header");
    assertThat(log.getFirst().get("seed").getAsLong()).isEqualTo(7);
    double firstLoss = log.get(1).get("trainLoss").getAsDouble();
    assertThat(log.getLast().get("trainLoss").getAsDouble()).isLessThan(0.7 * firstLoss);
    assertThat(log.getLast().get("testAccuracy").getAsDouble()).isWithin(5e-5).of(accuracy(run));
  }

  @Test
  void writesFilesThatPredictReads() throws IOException {
    CommandRun run = train("b");

    Path out = folder.resolve("b");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactly("mlp-symbol.json", "mlp-0000.params", "training.jsonl");
    }
    for (String file : List.of("mlp-symbol.json", "mlp-0000.params", "training.jsonl")) {
      assertThat(run.lines()).contains("wrote " + out.resolve(file));
    }
    CommandRun prediction =
        CommandRun.of(
            "predict",
            "mlp",
            "--params",
            out.resolve("mlp-0000.params").toString(),
            "--digits",
            "200",
            "--seed",
            "7");
    assertThat(prediction.err()).isEmpty();
    assertThat(prediction.lines().getLast())
        .isEqualTo("accuracy on 200 pictures: %.4f".formatted(accuracy(run)));
  }

  @Test
  void equalSeedsGiveEqualResults() throws IOException {
    CommandRun first = train("c");
    CommandRun second = train("d");
    assertThat(second.lines().getLast()).isEqualTo(first.lines().getLast());
    assertThat(Files.mismatch(params("c"), params("d"))).isEqualTo(-1);
    CommandRun other = train("e", "--no-hybridize");
    assertThat(accuracy(other)).isWithin(0.02).of(accuracy(first));
  }

  private Path params(String out) {
    return folder.resolve(out).resolve("mlp-0000.params");
  }

  @Test
  void quietPrintsFilesAndAccuracyOnly() {
    CommandRun quiet =
        CommandRun.of(
            "train",
            "mlp",
            "--train-samples",
            "60",
            "--test-samples",
            "20",
            "--epochs",
            "1",
            "--quiet",
            "--out",
            folder.resolve("g").toString());
    assertThat(quiet.lines()).hasSize(4);
    assertThat(quiet.lines().subList(0, 3).stream().allMatch(line -> line.startsWith("wrote ")))
        .isTrue();
    accuracy(quiet);
  }

  @Test
  void aLossThatIsNoNumberStopsTheRun() throws IOException {
    Path out = folder.resolve("h");
    CommandRun run =
        CommandRun.of(
            "train",
            "mlp",
            "--train-samples",
            "600",
            "--test-samples",
            "20",
            "--lr",
            "1000000",
            "--out",
            out.toString());
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("the loss is");
    assertThat(run.err()).contains("--lr 100000");
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left.toList()).isEmpty();
    }
  }

  @Test
  void aPersonSeesABarWithSpeedAndLoss() {
    CommandRun run =
        CommandRun.watched(
            "train",
            "mlp",
            "--train-samples",
            "600",
            "--test-samples",
            "20",
            "--epochs",
            "1",
            "--out",
            folder.resolve("i").toString());
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("\repoch 1/1");
    assertThat(run.out()).contains("/s");
    accuracy(run);
  }
}
