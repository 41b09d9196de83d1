package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.Dropout;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
  @Test
  void equalSeedsGiveEqualNumbers() {
    assertThat(new Generator(3).uniform(50, -1, 1)).isEqualTo(new Generator(3).uniform(50, -1, 1));
    assertThat(new Generator(3).uniform(50, -1, 1))
        .isNotEqualTo(new Generator(4).uniform(50, -1, 1));
  }

  @Test
  void drawsDifferAndSeedingStartsAnew() {
    Generator generator = new Generator(5);
    float[] first = generator.normal(20, 0, 1);
    assertThat(generator.normal(20, 0, 1)).isNotEqualTo(first);
    generator.seed(5);
    assertThat(generator.normal(20, 0, 1)).isEqualTo(first);
  }

  @Test
  void normalNumbersHaveMeanAndDeviation() {
    float[] values = new Generator(11).normal(50_000, 2, 3);
    double mean = 0;
    double variance = 0;
    for (float v : values) {
      mean += v / values.length;
      variance += (v - 2.0) * (v - 2.0) / values.length;
    }
    assertThat(mean).isWithin(0.05).of(2);
    assertThat(Math.sqrt(variance)).isWithin(0.05).of(3);
  }

  private static double[] dropout(long seed, boolean training) {
    NDArray x = NDArray.full(1, new TensorType(Shape.of(1000), DType.FLOAT32), Device.reference());
    Generator.standard().seed(seed);
    try (var _ = training ? Autograd.trainMode() : Autograd.predictMode()) {
      Tensor y =
          Ops.callAll(new Dropout(0.25, Dropout.Mode.TRAINING, List.of()), "", List.of(x))
              .getFirst();
      return ((NDArray) y).toDoubles();
    }
  }

  @Test
  void dropoutDropsItsShareAndRepeatsWithTheSeed() {
    double[] values = dropout(8, true);
    assertThat(dropout(8, true)).isEqualTo(values);
    assertThat(dropout(9, true)).isNotEqualTo(values);
    long dropped = java.util.Arrays.stream(values).filter(v -> v == 0).count();
    assertThat(dropped).isIn(com.google.common.collect.Range.closed(200L, 300L));
    assertThat(java.util.Arrays.stream(values).max().getAsDouble()).isWithin(1e-6).of(4.0 / 3);
  }

  @Test
  void dropoutPassesEverythingInPredictMode() {
    assertThat(java.util.Arrays.stream(dropout(8, false)).distinct().toArray())
        .isEqualTo(new double[] {1});
  }
}
