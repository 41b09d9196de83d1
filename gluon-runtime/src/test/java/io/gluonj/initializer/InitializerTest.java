package io.gluonj.initializer;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.Generator;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final long SEED = 20260101;
  private static final Shape WEIGHT = Shape.of(64, 32, 5, 5);

  private static float[] draw(Initializer initializer, Shape shape) {
    return initializer.values(shape, new Generator(SEED));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void constantsFillEverything() {
    assertThat(draw(new Zero(), Shape.of(2, 2))).isEqualTo(new float[4]);
    assertThat(draw(new One(), Shape.of(2))).isEqualTo(new float[] {1, 1});
    assertThat(draw(new Constant(0.25), Shape.of(1, 2))).isEqualTo(new float[] {0.25f, 0.25f});
    assertThat(draw(new One(), Shape.scalar())).isEqualTo(new float[] {1});
  }

  @Test
  void uniformStaysInItsRangeAndFillsIt() {
    float[] values = draw(new Uniform(), WEIGHT);
    assertWithMessage("seed %s", SEED).that(largest(values)).isAtMost(0.07);
    assertThat(largest(values)).isGreaterThan(0.0699);
    assertThat(mean(values)).isWithin(1e-3).of(0);
    assertThat(deviation(values)).isWithin(1e-3).of(0.07 / Math.sqrt(3));
  }

  @Test
  void normalHasItsMoments() {
    float[] values = draw(new Normal(0.5), WEIGHT);
    assertWithMessage("seed %s", SEED).that(mean(values)).isWithin(0.01).of(0);
    assertThat(deviation(values)).isWithin(0.01).of(0.5);
    assertThat(deviation(draw(new Normal(), WEIGHT))).isWithin(2e-4).of(0.01);
  }

  @Test
  void xavierTakesItsRangeFromTheFans() {
    double in = 32 * 25;
    double out = 64 * 25;
    assertThat(largest(draw(new Xavier(), WEIGHT)))
        .isWithin(1e-4)
        .of(Math.sqrt(3 / ((in + out) / 2)));
    assertThat(largest(draw(new Xavier("uniform", "in", 2.34), WEIGHT)))
        .isWithin(1e-4)
        .of(Math.sqrt(2.34 / in));
    assertThat(deviation(draw(new Xavier("gaussian", "out", 2), WEIGHT)))
        .isWithin(1e-3)
        .of(Math.sqrt(2 / out));
  }

  @Test
  void msraPreluIsGaussianXavierOfAMagnitudeByTheSlope() {
    float[] values = draw(new MSRAPrelu("in", 0.5), WEIGHT);
    assertThat(values).isEqualTo(draw(new Xavier("gaussian", "in", 2 / 1.25), WEIGHT));
  }

  @Test
  void orthogonalRowsOrColumnsAreOrthonormal() {
    for (Shape shape : new Shape[] {Shape.of(3, 2, 4), Shape.of(8, 3), Shape.of(5, 5)}) {
      float[] values = draw(new Orthogonal(2, Xavier.Distribution.GAUSSIAN), shape);
      int rows = (int) shape.dim(0);
      int columns = values.length / rows;
      int vectors = Math.min(rows, columns);
      for (int i = 0; i < vectors; i++) {
        for (int j = 0; j < vectors; j++) {
          double dot = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            dot +=
                rows <= columns
                    ? values[i * columns + k] * values[j * columns + k]
                    : values[k * columns + i] * values[k * columns + j];
          }
          assertWithMessage("%s: %s . %s", shape, i, j).that(dot).isWithin(1e-5).of(i == j ? 4 : 0);
        }
      }
    }
  }

  @Test
  void bilinearIsTheUpsamplingKernel() {
    assertThat(draw(new Bilinear(), Shape.of(1, 1, 4, 4)))
        .usingTolerance(1e-6)
        .containsExactly(
            new float[] {
              0.0625f, 0.1875f, 0.1875f, 0.0625f, //
              0.1875f, 0.5625f, 0.5625f, 0.1875f, //
              0.1875f, 0.5625f, 0.5625f, 0.1875f, //
              0.0625f, 0.1875f, 0.1875f, 0.0625f
            })
        .inOrder();
  }

  @Test
  void lstmBiasSetsTheForgetGate() {
    assertThat(draw(new LstmBias(), Shape.of(8))).isEqualTo(new float[] {0, 0, 1, 1, 0, 0, 0, 0});
    assertThrows(InvalidArgumentException.class, () -> draw(new LstmBias(), Shape.of(6)));
  }

  @Test
  void equalSeedsGiveEqualValuesAndFurtherDrawsDiffer() {
    Generator generator = new Generator(SEED);
    float[] first = new Xavier().values(WEIGHT, generator);
    float[] second = new Xavier().values(WEIGHT, generator);
    assertThat(draw(new Xavier(), WEIGHT)).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
    assertThat(new Xavier().values(WEIGHT, new Generator(SEED + 1))).isNotEqualTo(first);
  }

  @Test
  void valuesAreTheSameOnEveryDevice() {
    float[] expected = onDevice(Device.reference());
    for (Backend backend : Backends.all()) {
      if (backend.availability().usable()) {
        assertThat(onDevice(new Device(backend.kind(), 0))).isEqualTo(expected);
      }
    }
  }

  private static float[] onDevice(Device device) {
    Generator.standard().seed(SEED);
    Parameter parameter = new Parameter("weight", Shape.of(4, 3));
    parameter.initialize(new Xavier(), device);
    return parameter.data().toFloats();
  }

  @Test
  void emptyParametersGetNoValues() {
    assertThat(draw(new Xavier(), Shape.of(0, 3))).isEmpty();
    assertThat(draw(new Orthogonal(), Shape.of(0, 3))).isEmpty();
  }

  @Test
  void xavierRefusesVectors() {
    var e = assertThrows(InvalidArgumentException.class, () -> draw(new Xavier(), Shape.of(10)));
    assertThat(e).hasMessageThat().contains("shape (10,)");
    assertThat(e).hasMessageThat().contains("\n  because  ");
    assertThat(e).hasMessageThat().contains("\n  fix      ");
  }

  @Test
  void unknownExtentsAreRefused() {
    var e =
        assertThrows(
            InvalidArgumentException.class, () -> draw(new Zero(), Shape.of(10, Shape.UNKNOWN)));
    assertThat(e).hasMessageThat().contains("(10, 0)");
  }

  @Test
  void widthsMustBeFiniteAndNotNegative() {
    assertThrows(InvalidArgumentException.class, () -> new Uniform(-1));
    assertThrows(InvalidArgumentException.class, () -> new Normal(Double.NaN));
    assertThrows(
        InvalidArgumentException.class,
        () -> new Xavier("uniform", "avg", Double.POSITIVE_INFINITY));
  }
}
