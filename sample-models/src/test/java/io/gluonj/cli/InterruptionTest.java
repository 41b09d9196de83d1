package io.gluonj.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends a real process. SIGTERM stands for Ctrl-C, which a test may have inherited as ignored. */
class InterruptionTest {
  private static final int SIGTERM_CODE = 128 + 15;

  @TempDir Path folder;

  @Test
  void aRunThatIsStoppedSavesWhatItHas() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "mlp",
                "--epochs",
                "100000",
                "--train-samples",
                "500",
                "--test-samples",
                "100",
                "--out",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (lines.size() == 3) { // the heading and two epochs
          process.toHandle().destroy(); // Process.destroy would close the stream that is read
        }
      }
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String all = String.join("\n", lines);
    assertWithMessage(all).that(process.exitValue()).isEqualTo(SIGTERM_CODE);
    assertThat(all).contains("interrupted after");
    assertThat(lines.getLast()).matches("test accuracy: [01]\\.\\d{4}");
    assertThat(Files.exists(folder.resolve("mlp-0000.params"))).isTrue();
    assertThat(Files.readAllLines(folder.resolve("training.jsonl")).size()).isAtLeast(3);
  }
}
