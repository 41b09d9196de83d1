package io.gluonj.test.reliability;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing piles up while a net is trained for ten thousand steps. */
class LongTrainingTest {
  /** What the C library and Java's compiler may take meanwhile. */
  private static final long SLACK_KILOBYTES = 24 << 10;

  @TempDir Path folder;

  private record Reading(long steps, long arrays, long bytes, long resident) {
    static Reading of(String line) {
      long[] numbers = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
      return new Reading(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
  }

  @ParameterizedTest
  @CsvSource({"compiled, 10000", "eager, 10000"})
  void arraysAndMemoryStayAsTheyAre(String way, int steps) throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "Linux tells the resident memory");
    List<Reading> readings = train(way, steps);
    Reading middle = readings.getFirst();
    Reading end = readings.getLast();
    assertThat(end.steps()).isEqualTo(steps);
    assertThat(end.arrays()).isEqualTo(middle.arrays());
    assertThat(end.bytes()).isEqualTo(middle.bytes());
    assertWithMessage("%s", readings)
        .that(end.resident())
        .isLessThan(middle.resident() + SLACK_KILOBYTES);
  }

  private List<Reading> train(String way, int steps) throws IOException, InterruptedException {
    Path output = folder.resolve(way + ".out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                LongTraining.class.getName(),
                way,
                Integer.toString(steps))
            .redirectError(folder.resolve(way + ".err").toFile())
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    assertWithMessage("%s", Files.readString(folder.resolve(way + ".err")))
        .that(status)
        .isEqualTo(0);
    return Files.readAllLines(output, StandardCharsets.UTF_8).stream().map(Reading::of).toList();
  }
}
