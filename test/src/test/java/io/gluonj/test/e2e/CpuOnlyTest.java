package io.gluonj.test.e2e;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gluonj.types.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that asks for no GPU pays nothing for the backend that could serve it one. */
class CpuOnlyTest {
  @TempDir Path folder;

  @Test
  void aRunOnTheCpuLoadsNoClassOfJCuda() throws Exception {
    assertThat(loadedBy("cpu")).isNotEmpty();
  }

  @Test
  void lookingForTheBestDeviceLoadsNoClassOfJCudaWhereThereIsNoGpu() throws Exception {
    assumeFalse(Device.best().kind() == Device.Kind.GPU, "this machine has a GPU");
    assertThat(loadedBy("auto")).contains("io.gluonj.cuda.CudaDiagnosis");
  }

  /** Names of the engine's classes; fails if one of a GPU binding is among those loaded. */
  private List<String> loadedBy(String device) throws IOException, InterruptedException {
    Path log = folder.resolve(device + ".log");
    Path output = folder.resolve(device + ".out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + log.getFileName(),
                "-cp",
                System.getProperty("java.class.path"),
                CpuOnlyProgram.class.getName(),
                device)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(0);
    assertThat(Files.readString(output, StandardCharsets.UTF_8)).contains(" 11.0");
    List<String> loaded =
        Files.readAllLines(log, StandardCharsets.UTF_8).stream()
            .map(line -> line.replaceFirst("^(\\[[^]]*])*\\s*", "").split(" ", -1)[0])
            .toList();
    assertThat(loaded.stream().filter(c -> c.matches("(jcuda|org\\.bytedeco)\\..*")).toList())
        .isEmpty();
    return loaded.stream().filter(c -> c.startsWith("io.gluonj.")).toList();
  }
}
