package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.GlobalAvgPool2D;
import io.gluonj.nn.HybridLambda;
import io.gluonj.nn.HybridSequential;
import io.gluonj.samples.SampleModel;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample model on each device, eager and compiled: one computation, many ways. */
@EachDevice(reference = true)
final class BackendsAgreeTest {
  private static final long SEED = 7;
  private static final Shape IMAGES = Shape.of(3, 1, 28, 28);

  private final Device device;

  BackendsAgreeTest(Device device) {
    this.device = device;
  }

  private record Way(Device device, boolean hybrid) {}

  /** A model and what its definition gives, computed once for all devices. */
  static final class Model {
    final String name;
    final Supplier<HybridBlock> maker;
    private @Nullable Map<String, float[]> defined;

    Model(String name, Supplier<HybridBlock> maker) {
      this.name = name;
      this.maker = maker;
    }

    synchronized Map<String, float[]> defined() {
      if (defined == null) {
        defined = results(this, new Way(Device.reference(), false));
      }
      return defined;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Model> MODELS =
      Stream.concat(
              Stream.of(SampleModel.values()).map(m -> new Model(m.modelName(), m::create)),
              Stream.of(new Model("normalized", BackendsAgreeTest::normalized)))
          .toList();

  private static HybridBlock normalized() {
    HybridSequential net = new HybridSequential();
    net.add(new Conv2D(6, 3).strides(2), new BatchNorm(), new HybridLambda(Tensor::relu));
    net.add(new Conv2D(4, 3), new BatchNorm(), new GlobalAvgPool2D(), new Dense(10));
    return net;
  }

  static Stream<Arguments> cases() {
    return MODELS.stream().flatMap(m -> Stream.of(arguments(m, false), arguments(m, true)));
  }

  /** Scores, gradients, and the running statistics that the forward pass has updated. */
  private static Map<String, float[]> results(Model model, Way way) {
    Generator.standard().seed(SEED);
    HybridBlock net = model.maker.get();
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
    for (Parameter p : net.collectParams().values()) {
      if (p.gradReq() == GradReq.NULL) {
        results.put(p.path(), p.data().toFloats());
      } else {
        results.put(p.path() + " gradient", p.grad().toFloats());
      }
    }
    results.put("scores afterwards", net.call(images).toFloats());
    return results;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void giveWhatTheDefinitionGives(Model model, boolean hybrid) {
    Way way = new Way(device, hybrid);
    Map<String, float[]> found = results(model, way);
    model
        .defined()
        .forEach((name, values) -> {
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
