package io.gluonj.cli;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.Backends;
import io.gluonj.cli.doctor.Devices;
import io.gluonj.types.Device;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void saysWhatWasFoundAndWhatWasNot() {
    CommandRun run = CommandRun.of("doctor");
    assertThat(run.err()).isEmpty();
    for (String section :
        new String[] {"GluonJ", "Java", "System", "Processor", "Devices", "Caches", "Class path"}) {
      assertThat(run.lines()).contains(section);
    }
    assertThat(run.out()).contains(System.getProperty("java.home"));
    assertThat(run.out()).containsMatch("reference +usable");
    assertThat(run.out()).contains("picocli-");
  }

  @Test
  void endsWithZeroIfThereIsADeviceToTrainOn() {
    boolean fast = Devices.findings().stream().anyMatch(Devices.Finding::fast);
    assertThat(CommandRun.of("doctor").code()).isEqualTo(fast ? ExitCode.OK : ExitCode.FAILED);
    assertThat(Devices.findings().stream().map(Devices.Finding::kind).toList())
        .containsAtLeastElementsIn(Device.Kind.values());
  }

  @Test
  void saysOfEachGpuWhatWasFoundOrWhyNotAndTheFix() {
    String out = CommandRun.of("doctor").out();
    if (Backends.all().getFirst().count() > 0) {
      assertThat(out).containsMatch("gpu:0 +usable .*compute capability");
    } else {
      assertThat(out).containsMatch("gpu +not usable +\\S+");
      assertThat(out).containsMatch("fix: .*--device cpu");
    }
  }
}
