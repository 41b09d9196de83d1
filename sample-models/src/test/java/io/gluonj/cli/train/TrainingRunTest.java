package io.gluonj.cli.train;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.Backends;
import io.gluonj.samples.SampleModel;
import io.gluonj.types.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
  private static final int WARM = 8; // epochs until the trainer keeps all the numbers it will keep
  private static final Device DEVICE = Device.best();

  private static TrainingPlan plan(int epochs) {
    return new TrainingPlan(SampleModel.MLP, epochs, 20, "sgd", 0.05, 0.9, DEVICE, true, 3);
  }

  @Test
  void stopsAfterTheBatchInWhichItWasAskedTo() {
    var asked = new AtomicInteger();
    var run =
        new TrainingRun(plan(5), Digits.drawn(200, 50, 3), () -> asked.incrementAndGet() >= 4);
    List<EpochFigures> epochs = new ArrayList<>();

    double accuracy = run.train(Progress.silent(), epochs::add);

    assertThat(run.steps()).isEqualTo(3); // asked once before the epoch and after each batch
    assertThat(epochs).hasSize(1);
    assertThat(epochs.getFirst().complete()).isFalse();
    assertThat(epochs.getFirst().images()).isEqualTo(60);
    assertThat(accuracy).isAtLeast(0.0);
  }

  @Test
  void aRunThatIsStoppedAtOnceHasLearnedNothing() {
    var run = new TrainingRun(plan(1), Digits.drawn(40, 20, 3), () -> true);
    assertThat(run.train(Progress.silent(), figures -> {})).isNaN();
    assertThat(run.steps()).isEqualTo(0);
  }

  @Test
  void memoryStaysFlatFromEpochToEpoch() {
    List<Long> inUse = new ArrayList<>();
    var run = new TrainingRun(plan(12), Digits.drawn(200, 50, 3), () -> false);
    var memory = Backends.of(DEVICE).memory(DEVICE);
    run.train(
        Progress.silent(),
        figures -> {
          System.gc(); // what earlier tests have forgotten may be freed at any time
          inUse.add(memory.figures().inUse());
        });
    assertThat(inUse.getLast()).isAtMost(inUse.get(WARM));
  }
}
