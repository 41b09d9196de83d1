package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.annotations.Forward;
import io.gluonj.initializer.Uniform;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Conv2D;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What compiled nets prepare from their parameters: right, and never out of date. */
@EachDevice(reference = true)
final class PredictionTest {
  private static final double TOLERANCE = 1e-4;

  private final Device device;

  PredictionTest(Device device) {
    this.device = device;
  }

  /** A residual block whose normalizations can go into the convolutions. */
  @io.gluonj.annotations.Block
  static class Residual extends HybridBlock {
    final Conv2D first = new Conv2D(8, 3).padding(1).useBias(false);
    final BatchNorm firstNorm = new BatchNorm();
    final Conv2D second = new Conv2D(8, 3).padding(1).groups(2);
    final BatchNorm secondNorm = new BatchNorm();
    final Conv2D shortCut = new Conv2D(8, 1);

    @Forward
    Tensor forward(Tensor x) {
      Tensor y = firstNorm.call(first.call(x)).relu();
      return secondNorm.call(second.call(y)).add(shortCut.call(x)).relu();
    }
  }

  private NDArray images(int seed) {
    float[] values = new float[2 * 3 * 6 * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed + 0.7 * i);
    }
    return NDArray.of(values, Shape.of(2, 3, 6, 5), device);
  }

  private Residual net() {
    Generator.standard().seed(3);
    Residual net = new Residual();
    net.initialize(new Uniform(0.5), device, Shape.of(2, 3, 6, 5));
    for (Parameter parameter : net.collectParams().values()) {
      if (parameter.path().matches(".*(gamma|beta|running_mean|running_var)")) {
        float[] values = new float[Math.toIntExact(parameter.shape().size())];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.5f + i * 0.3f;
        }
        parameter.data().set(values);
      }
    }
    return net;
  }

  private static void check(Residual net, NDArray x) {
    net.hybridize(false);
    float[] eager = net.call(x).toFloats();
    net.hybridize();
    for (int i = 0; i < 3; i++) {
      assertThat(net.call(x).toFloats()).usingTolerance(TOLERANCE).containsExactly(eager).inOrder();
    }
  }

  @Test
  void foldedNormalizationsComputeTheSame() {
    Residual net = net();
    check(net, images(1));
    check(net, images(2));
  }

  @Test
  void newValuesOfParametersCount() {
    Residual net = net();
    NDArray x = images(1);
    net.hybridize();
    float[] before = net.call(x).toFloats();
    for (Parameter parameter : net.collectParams().values()) {
      parameter.data().set(parameter.data().add(0.25));
      float[] compiled = net.call(x).toFloats();
      assertThat(compiled).isNotEqualTo(before);
      before = compiled;
    }
    check(net, x);
  }

  @Test
  void runningStatisticsOfTrainingCount() {
    Residual net = net();
    NDArray x = images(1);
    net.hybridize();
    float[] before = net.call(x).toFloats();
    try (var _ = Autograd.record()) {
      net.call(x);
    }
    assertThat(net.call(x).toFloats()).isNotEqualTo(before);
    check(net, x);
  }

  @Test
  void threadsThatChangeAndReadParametersAgree() throws Exception {
    Residual net = net();
    NDArray x = images(1);
    net.hybridize();
    float[] expected = net.call(x).toFloats();
    float[] weight = net.shortCut.collectParams().values().iterator().next().data().toFloats();
    Parameter parameter = net.shortCut.collectParams().values().iterator().next();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var results = new ArrayList<Future<float[]>>();
      for (int i = 0; i < 40; i++) {
        Callable<float[]> call =
            () -> {
              parameter.data().set(weight);
              return net.call(x).toFloats();
            };
        results.add(threads.submit(call));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void gradientsForInputsInPredictionAreThoseOfEagerCalls() {
    Residual net = net();
    List<float[]> gradients = new ArrayList<>();
    for (boolean compiled : new boolean[] {false, true}) {
      net.hybridize(compiled);
      NDArray x = images(1);
      x.attachGrad();
      NDArray sum;
      try (var _ = Autograd.record(false)) {
        sum = net.call(x).square().sum();
      }
      sum.backward();
      gradients.add(x.grad().toFloats());
    }
    assertThat(gradients.get(1)).usingTolerance(1e-3).containsExactly(gradients.get(0)).inOrder();
  }
}
