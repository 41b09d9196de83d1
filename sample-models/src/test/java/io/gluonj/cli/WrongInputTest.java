package io.gluonj.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WrongInputTest {
  @TempDir Path folder;

  /**
   * A command line and what its message must contain.
   *
   * @param data makes the folder that stands for {@code DATA} in the command
   */
  record Wrong(String command, UnaryOperator<Path> data, List<String> said) {
    static Wrong of(String command, String... said) {
      return new Wrong(command, MnistFolder::whole, List.of(said));
    }

    static Wrong data(UnaryOperator<Path> data, String... said) {
      return new Wrong("train lenet --data DATA --out OUT", data, List.of(said));
    }

    @Override
    public String toString() {
      return command + " -> " + said;
    }
  }

  static Stream<Wrong> table() {
    return Stream.of(
        Wrong.of("", "no command"),
        Wrong.of("trian lenet", "trian", "train"),
        Wrong.of("train", "MODEL"),
        Wrong.of("train lenett --out OUT", "lenett", "did you mean", "lenet"),
        Wrong.of("train resnet --out OUT", "resnet", "lenet"),
        Wrong.of("train lenet mlp --out OUT", "mlp", "not known"),
        Wrong.of("train lenet --epocs 3 --out OUT", "--epocs", "--epochs"),
        Wrong.of("train lenet --epochs --out OUT", "--epochs"),
        Wrong.of("train lenet --epochs 1 --epochs 2 --out OUT", "--epochs", "twice"),
        Wrong.of("train lenet --epochs two --out OUT", "--epochs", "'two'", "whole number"),
        Wrong.of("train lenet --epochs 0 --out OUT", "--epochs", "'0'"),
        Wrong.of("train lenet --batch-size -5 --out OUT", "--batch-size", "'-5'"),
        Wrong.of("train lenet --lr 0 --out OUT", "--lr", "above 0"),
        Wrong.of("train lenet --lr NaN --out OUT", "--lr", "'NaN'"),
        Wrong.of("train lenet --momentum 1.5 --out OUT", "--momentum", "'1.5'"),
        Wrong.of("train lenet --seed one --out OUT", "--seed", "'one'"),
        Wrong.of("train lenet --optimizer sdg --out OUT", "sdg", "did you mean", "sgd"),
        Wrong.of("train lenet --device tpu --out OUT", "tpu", "gpu:0"),
        Wrong.of("bench lenet --eager --amp", "--eager --amp", "compiled", "leave --eager out"),
        Wrong.of("bench gemm --amp", "bench gemm --amp", "name a net"),
        Wrong.of("train lenet --device gpu:77 --out OUT", "gpu:77", "GPU"),
        Wrong.of("train lenet --data DATA/absent --out OUT", "absent", "does not exist"),
        Wrong.of("train lenet --data FILE --out OUT", "not a directory"),
        Wrong.data(path -> path, "train-images-idx3-ubyte", "empty"),
        Wrong.data(MnistFolder::withoutLabels, "train-labels-idx1-ubyte"),
        Wrong.data(MnistFolder::truncated, "train-images-idx3-ubyte.gz", "too early"),
        Wrong.data(MnistFolder::corrupted, "train-images-idx3-ubyte.gz", "corrupt"),
        Wrong.data(MnistFolder::withWrongMagic, "train-images-idx3-ubyte.gz", "7f 00 08 03"),
        Wrong.data(MnistFolder::withLabelOutOfRange, "train-labels-idx1-ubyte.gz", "label", "10"),
        Wrong.of("train lenet --out FILE", "--out", "not a folder"),
        Wrong.of("train lenet --out FILE/below", "--out"),
        Wrong.of("train lenet --out /proc/gluonj", "--out", "/proc/gluonj"),
        Wrong.of("predict lenet --digits 5", "--params"),
        Wrong.of("predict lenet --params FILE", "--data", "--digits"),
        Wrong.of("predict lenet --params DATA/none.params --digits 5", "none.params"),
        Wrong.of("predict lenet --params FILE --digits 5", "FILE"),
        Wrong.of("check-ops", "FILE"),
        Wrong.of("check-ops DATA/none.jsonl", "none.jsonl", "does not exist"),
        Wrong.of("check-ops DATA", "cannot be read"),
        Wrong.of("check-ops FILE", "FILE, line 1", "JSON"),
        Wrong.of("check-ops FILE --backend tpu", "tpu", "gpu:0"),
        Wrong.of("check-ops FILE --backend gpu:77", "gpu:77"),
        Wrong.of("check-ops FILE --tolerance -1", "--tolerance", "'-1'"),
        Wrong.of("inspect lenet --input 1,x,28,28", "--input", "'1,x,28,28'"),
        Wrong.of("inspect lenet --input 1,1,4,4", "conv1"),
        Wrong.of("inspect lenet --graph dot", "dot", "text", "json"),
        Wrong.of("inspect lenet --graph text --generated", "--graph", "--generated"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void isAnsweredByOneMessageWithTheFix(Wrong wrong) throws IOException {
    Path data = wrong.data().apply(Files.createDirectory(folder.resolve("DATA")));
    Path file = Files.writeString(folder.resolve("FILE"), "neither a folder nor parameters");
    Path out = folder.resolve("OUT");
    String[] args =
        Arrays.stream(wrong.command().split(" "))
            .filter(word -> !word.isEmpty())
            .map(word -> word.replaceFirst("^DATA", data.toString()))
            .map(word -> word.replaceFirst("^FILE", file.toString()))
            .map(word -> word.replaceFirst("^OUT", out.toString()))
            .toArray(String[]::new);

    CommandRun run = CommandRun.of(args);

    assertWithMessage(run.toString()).that(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("gluonj: ");
    assertThat(run.err()).contains("\n  because  ");
    assertThat(run.err()).contains("\n  fix      ");
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.err()).doesNotContain("Exception");
    wrong.said().forEach(part -> assertThat(run.err()).contains(part));
    assertThat(run.out()).isEmpty();
    if (Files.exists(out)) {
      try (Stream<Path> left = Files.list(out)) {
        assertThat(left.toList()).isEmpty();
      }
    }
  }

  @Test
  void showsTheStackTraceOnlyWithDebug() {
    CommandRun run = CommandRun.of("train", "lenett", "--debug");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("\tat io.gluonj.samples.SampleModel.named");
  }

  @Test
  void helpAndVersionAreNoErrors() {
    CommandRun help = CommandRun.of("train", "--help");
    assertThat(help.code()).isEqualTo(ExitCode.OK);
    assertThat(help.out()).contains("--[no-]hybridize");
    assertThat(help.out()).contains("lenet, mlp");
    CommandRun version = CommandRun.of("--version");
    assertThat(version.code()).isEqualTo(ExitCode.OK);
    assertThat(version.out()).startsWith("gluonj " + Version.gluonj());
    assertThat(Version.gluonj()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
