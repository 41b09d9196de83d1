package io.gluonj.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class InspectCommandTest {
  @Test
  void printsLayersShapesAndTotals() {
    CommandRun run = CommandRun.of("inspect", "lenet", "--input", "64,1,28,28");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).containsMatch("conv1.*\\(64, 20, 24, 24\\) +520");
    assertThat(run.out()).containsMatch("hidden.*\\(64, 128\\) +102,528");
    assertThat(run.out()).contains("129,388");
  }

  @Test
  void printsTheGraphAsText() {
    CommandRun run = CommandRun.of("inspect", "lenet", "--graph", "text");
    assertThat(run.out()).contains("data : float32(1, 1, 28, 28)");
    assertThat(run.out()).contains("Convolution");
    assertThat(run.lines().getLast()).startsWith("return %");
  }

  @Test
  void printsTheGraphAsJson() {
    CommandRun run = CommandRun.of("inspect", "mlp", "--graph", "json");
    var nodes =
        JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("nodes").asList();
    assertThat(nodes.getFirst().getAsJsonObject().get("name").getAsString()).isEqualTo("data");
    assertThat(
            nodes.stream()
                .map(node -> node.getAsJsonObject().get("op").getAsString())
                .filter("FullyConnected"::equals)
                .count())
        .isEqualTo(3);
  }

  @Test
  void printsTheGeneratedCode() {
    CommandRun run = CommandRun.of("inspect", "lenet", "--generated");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("class LeNet_Gluon implements BlockDefinition<LeNet>");
  }
}
