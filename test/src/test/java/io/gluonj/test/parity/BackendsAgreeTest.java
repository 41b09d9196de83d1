package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.samples.LeNet;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotated LeNet on each device, eager and compiled: one computation, many ways. */
@EachDevice(reference = true)
final class BackendsAgreeTest {
  private static final long SEED = 7;
  private static final Shape IMAGES = Shape.of(3, 1, 28, 28);

  private final Device device;

  BackendsAgreeTest(Device device) {
    this.device = device;
  }

  private record Way(Device device, boolean hybrid) {}

  /** Computed once for all devices. */
  private static final class Definition {
    static final Map<String, float[]> RESULTS = gradients(new Way(Device.reference(), false));
  }

  private static Map<String, float[]> gradients(Way way) {
    Generator.standard().seed(SEED);
    HybridBlock net = new LeNet();
    net.initialize(new Xavier(), way.device(), IMAGES);
    net.hybridize(way.hybrid());
    NDArray images =
        NDArray.of(new Generator(SEED).uniform((int) IMAGES.size(), 0, 1), IMAGES, way.device());
    NDArray labels = NDArray.of(new float[] {3, 1, 4}, Shape.of(3), way.device());
    NDArray loss;
    NDArray scores;
    try (var _ = Autograd.record()) {
      scores = net.call(images);
      loss = new SoftmaxCrossEntropyLoss().call(scores, labels);
    }
    loss.backward();
    Map<String, float[]> results = new LinkedHashMap<>();
    results.put("scores", scores.toFloats());
    net.collectParams()
        .values()
        .forEach(p -> results.put(p.path() + " gradient", p.grad().toFloats()));
    return results;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leNetGivesTheScoresAndGradientsOfTheDefinition(boolean hybrid) {
    Way way = new Way(device, hybrid);
    Map<String, float[]> found = gradients(way);
    Definition.RESULTS.forEach((name, values) -> {
      float[] actual = Objects.requireNonNull(found.get(name));
      for (int i = 0; i < values.length; i++) {
        assertWithMessage("%s of %s, element %s (seed %s)", name, way, i, SEED)
            .that((double) actual[i])
            .isWithin(1e-5 * (1 + Math.abs(values[i])))
            .of(values[i]);
      }
    });
  }
}
