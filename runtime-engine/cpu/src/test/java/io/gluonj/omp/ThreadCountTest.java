package io.gluonj.omp;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThreadCountTest {
  @Test
  void propertyCountsMostThenTheEnvironmentThenTheCores() {
    assertThat(ThreadCount.decide("3", "5", 16, 8)).isEqualTo(3);
    assertThat(ThreadCount.decide(null, "5", 16, 8)).isEqualTo(5);
    assertThat(ThreadCount.decide(null, "4,2", 16, 8)).isEqualTo(4);
    assertThat(ThreadCount.decide(null, null, 16, 8)).isEqualTo(8);
  }

  @Test
  void containerLimitCountsWhereItIsSmaller() {
    assertThat(ThreadCount.decide(null, null, 2, 8)).isEqualTo(2);
  }

  @Test
  void environmentThatIsNoNumberIsIgnored() {
    assertThat(ThreadCount.decide(null, "many", 4, 4)).isEqualTo(4);
    assertThat(ThreadCount.decide(null, "0", 4, 4)).isEqualTo(4);
  }

  @Test
  void propertyThatIsNoNumberIsAnError() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ThreadCount.decide("many", null, 4, 4));

    assertThat(e).hasMessageThat().contains("-Dgluonj.threads=many");
    assertThrows(IllegalArgumentException.class, () -> ThreadCount.decide("0", null, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> ThreadCount.decide("99999", null, 4, 4));
  }

  @Test
  void hyperThreadsOfOneCoreCountOnce(@TempDir Path cpus) throws IOException {
    for (int cpu = 0; cpu < 8; cpu++) {
      Path topology = Files.createDirectories(cpus.resolve("cpu" + cpu + "/topology"));
      Files.writeString(topology.resolve("thread_siblings_list"), cpu % 4 + "," + (cpu % 4 + 4));
    }
    Files.createDirectory(cpus.resolve("cpufreq"));

    assertThat(ThreadCount.physicalCores(cpus, 8)).isEqualTo(4);
    assertThat(ThreadCount.physicalCores(cpus.resolve("absent"), 6)).isEqualTo(6);
  }
}
