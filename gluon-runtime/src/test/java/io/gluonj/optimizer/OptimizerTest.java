package io.gluonj.optimizer;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EachDevice(reference = true)
class OptimizerTest {
  private static final double[] GRADIENTS = {0.5, -1.5, 4};

  private final Device device;

  OptimizerTest(Device device) {
    this.device = device;
  }

  private NDArray one(double value) {
    return NDArray.of(new float[] {(float) value}, Shape.of(1), device);
  }

  /** The weight after steps with {@link #GRADIENTS}, from 1. */
  private double train(Optimizer optimizer, double rescale) {
    NDArray weight = one(1);
    List<NDArray> state = optimizer.createState(weight);
    for (int i = 0; i < GRADIENTS.length; i++) {
      optimizer.update(
          new Optimizer.Step(
              weight,
              one(GRADIENTS[i]),
              state,
              i + 1,
              optimizer.learningRate(),
              optimizer.weightDecay(),
              rescale));
    }
    return weight.item();
  }

  @Test
  void plainSgdFollowsItsFormula() {
    double w = 1;
    for (double g : GRADIENTS) {
      w -= 0.1 * (Math.clamp(g / 2, -1, 1) + 0.01 * w);
    }
    assertThat(train(new Sgd(0.1).weightDecay(0.01).clipGradient(1), 0.5)).isWithin(1e-6).of(w);
  }

  @Test
  void momentumFollowsItsFormula() {
    double w = 1;
    double m = 0;
    for (double g : GRADIENTS) {
      m = 0.9 * m - 0.1 * (g / 2) - 0.1 * 0.01 * w;
      w += m;
    }
    assertThat(train(new Sgd(0.1).momentum(0.9).weightDecay(0.01), 0.5)).isWithin(1e-6).of(w);
  }

  @Test
  void adamFollowsItsFormula() {
    double w = 1;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= GRADIENTS.length; t++) {
      double g = Math.clamp(GRADIENTS[t - 1] / 2 + 0.01 * w, -1, 1);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double rate = 0.05 * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
      w -= rate * m / (Math.sqrt(v) + 1e-8);
    }
    assertThat(train(new Adam(0.05).weightDecay(0.01).clipGradient(1), 0.5)).isWithin(1e-6).of(w);
  }

  @Test
  void namesAndOptionsAreMxnets() {
    Optimizer sgd = Optimizer.of("SGD", Map.of("learning_rate", 0.5, "momentum", 0.9, "wd", 1e-4));
    assertThat(((Sgd) sgd).momentum()).isEqualTo(0.9);
    assertThat(sgd.options())
        .containsExactly("learning_rate", 0.5, "momentum", 0.9, "wd", 1e-4, "clip_gradient", -1.0);
    assertThat(Optimizer.of("adam", Map.of()).learningRate()).isEqualTo(0.001);
    assertThat(Optimizer.of("sgd", Map.of()).learningRate()).isEqualTo(0.01);
  }

  @Test
  void stateBelongsToTheCaller() {
    NDArray weight = one(1);
    assertThat(new Sgd().createState(weight)).isEmpty();
    assertThat(new Sgd().momentum(0.5).createState(weight)).hasSize(1);
    assertThat(new Adam().createState(weight)).hasSize(2);
  }

  @Test
  void changingTheRateKeepsNoArrays() {
    Sgd sgd = new Sgd();
    NDArray weight = one(1);
    NDArray gradient = one(1);
    long before = 0;
    for (int i = 0; i < 300; i++) {
      if (i == 150) {
        before = LiveArrays.count();
      }
      sgd.update(new Optimizer.Step(weight, gradient, List.of(), i + 1, 0.1 / (i + 1), 0, 1));
    }
    assertThat(LiveArrays.count()).isAtMost(before);
  }
}
