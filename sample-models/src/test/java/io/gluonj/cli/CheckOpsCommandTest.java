package io.gluonj.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckOpsCommandTest {
  private static final String CASE =
      """
      {"id":"dense","op":"FullyConnected","attrs":{"num_hidden":"1"},\
      "inputs":[{"name":"data","shape":[1,2],"data":[1,2]},\
      {"name":"weight","shape":[1,2],"data":[3,4]},{"name":"bias","shape":[1],"data":[5]}],\
      "outputs":[{"shape":[1,1],"data":[16]}],"head_grads":[[1]],"grads":{"data":[3,4]}}
      """;

  @TempDir Path folder;

  private CommandRun run(String cases, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("cases.jsonl"), cases);
    var args = new java.util.ArrayList<>(java.util.List.of("check-ops", file.toString()));
    args.addAll(java.util.List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "reference"})
  void endsWithZeroIfAllPassed(String backend) throws IOException {
    CommandRun run = run(CASE + CASE, "--backend", backend);
    assertWithMessage(run.toString()).that(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out().strip()).isEqualTo("2 passed, 0 failed, 0 unsupported");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void printsWhatFailedAndWhatIsNotSupported() throws IOException {
    CommandRun run =
        run(
            CASE
                + CASE.replace("\"dense\"", "\"wrong\"").replace("[16]", "[17]")
                + CASE.replace("\"dense\"", "\"odd\"").replace("num_hidden", "hidden_num"));
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.lines())
        .containsExactly(
            "failed wrong: FullyConnected{num_hidden=1}",
            "    output 0 at (0, 0) is 16.0, expected 17.0",
            "unsupported odd: FullyConnected{hidden_num=1}",
            run.lines().get(3),
            "1 passed, 1 failed, 1 unsupported")
        .inOrder();
    assertThat(run.lines().get(3)).contains("attribute hidden_num is unknown");
  }

  @Test
  void acceptsALargerTolerance() throws IOException {
    assertThat(run(CASE.replace("[16]", "[17]"), "--tolerance", "0.1").code())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void namesAMalformedLineBeforeAnythingRuns() throws IOException {
    CommandRun run = run(CASE + "\n{\"id\": 1}\n");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("cases.jsonl, line 3");
    assertThat(run.out()).isEmpty();
  }
}
