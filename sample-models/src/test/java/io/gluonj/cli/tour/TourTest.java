package io.gluonj.cli.tour;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.types.Device;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TourTest {
  static IntStream steps() {
    return IntStream.range(0, Tour.size());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void everyStepFindsWhatItSays(int step) {
    Finding finding = Tour.run(step, Device.best());
    assertWithMessage(finding.title() + "\n" + String.join("\n", finding.lines()))
        .that(finding.consistent())
        .isTrue();
    assertThat(finding.lines()).isNotEmpty();
  }

  @Test
  void namesDoNotDependOnTheStepsBefore() {
    DeferredShape first = DeferredShape.run(Device.reference());
    assertThat(first.printedBefore()).contains("dense");
    CollectedParameters lenet = (CollectedParameters) Tour.run(7, Device.reference());
    assertThat(lenet.full().name()).isEqualTo("lenet0_conv0_weight");
    assertThat(lenet.all().names()).contains("lenet0_dense1_bias");
  }

  @Test
  void anUnknownExtentIsShownAsZero() {
    DeferredShape step = DeferredShape.run(Device.reference());
    assertThat(step.printedBefore()).contains("weight (shape=(10, 0), dtype=float32)");
    assertThat(step.printedAfter()).contains("weight (shape=(10, 20), dtype=float32)");
  }

  @Test
  void aWrongShapeIsExplainedWithBlockOperatorAndLine() {
    String message = WrongShape.run(Device.reference()).message();
    assertThat(message).contains("FullyConnected");
    assertThat(message).contains("Mlp.hidden.0");
    assertThat(message).contains("Mlp.java:");
    assertThat(message).contains("\n  fix");
  }
}
