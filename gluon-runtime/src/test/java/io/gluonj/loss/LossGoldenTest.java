package io.gluonj.loss;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and their gradients on each device against what MXNet 1.9.1 computed. */
@EachDevice(reference = true)
class LossGoldenTest {
  private static final int CASES = 25;

  private final Device device;

  LossGoldenTest(Device device) {
    this.device = device;
  }

  static Stream<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @Test
  void allCasesAreThere() {
    assertThat(cases().toList()).hasSize(CASES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreMxnets(GoldenCase golden) {
    check(golden, golden.loss());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void compiledValuesAndGradientsAreMxnets(GoldenCase golden) {
    Loss loss = golden.loss();
    loss.hybridize();
    check(golden, loss);
    assertThat(loss.compilations()).isEqualTo(1);
  }

  private void check(GoldenCase golden, Loss loss) {
    var inputs = golden.inputs(device);
    golden
        .gradients()
        .keySet()
        .forEach(name -> Objects.requireNonNull(inputs.get(name)).attachGrad());
    NDArray out;
    try (var tape = Autograd.record()) {
      assertThat(tape).isNotNull();
      out = loss.call(golden.call(inputs, device).toArray(NDArray[]::new));
    }
    assertThat(out.shape()).isEqualTo(golden.outputShape());
    assertClose("output", out.toFloats(), golden.outputValues());
    NDArray head = NDArray.of(golden.headGradient(), out.shape(), device);
    Autograd.backward(List.of(out), List.of(head), false);
    golden
        .gradients()
        .forEach((name, expected) ->
            assertClose(
                "gradient of " + name,
                Objects.requireNonNull(inputs.get(name)).grad().toFloats(),
                expected));
  }

  private static void assertClose(String what, float[] actual, float[] expected) {
    assertThat(actual).hasLength(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertWithMessage("%s [%s]", what, i)
          .that((double) actual[i])
          .isWithin(1e-5 * (1 + Math.abs(expected[i])))
          .of(expected[i]);
    }
  }
}
