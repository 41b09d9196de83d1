package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertWithMessage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gluonj.gluon.SymbolBlock;
import io.gluonj.gluon.Trainer;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.testing.EachDevice;
import io.gluonj.testing.Fixture;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models exported by MXNet, read as blocks, run and trained on, on each device. */
@EachDevice(reference = true)
final class ImportedModelsTest {
  private static final double TOLERANCE = 2e-5;

  private final Device device;

  ImportedModelsTest(Device device) {
    this.device = device;
  }

  private static SymbolBlock load(String model, Device device) {
    return SymbolBlock.imports(
        Fixture.file("fixtures/" + model + "/" + model + "-symbol.json"),
        Fixture.file("fixtures/" + model + "/" + model + "-0000.params"),
        device);
  }

  private static JsonObject meta(String model) {
    return JsonParser.parseString(Fixture.text("fixtures/" + model + "/meta.json"))
        .getAsJsonObject();
  }

  private static NDArray array(String model, String file, JsonArray shape, Device device) {
    long[] dims =
        LongStream.range(0, shape.size()).map(i -> shape.get((int) i).getAsLong()).toArray();
    return NDArray.of(Fixture.floats("fixtures/" + model + "/" + file), Shape.of(dims), device);
  }

  private static NDArray data(String model, Device device) {
    JsonArray shape =
        meta(model).getAsJsonArray("inputs").get(0).getAsJsonObject().getAsJsonArray("shape");
    return array(model, "data.f32", shape, device);
  }

  private static void assertClose(String what, float[] actual, float[] expected) {
    assertWithMessage(what).that(actual).hasLength(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertWithMessage("%s, element %s", what, i)
          .that((double) actual[i])
          .isWithin(TOLERANCE * (1 + Math.abs(expected[i])))
          .of(expected[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "mlp", "mlptrain", "resblock"})
  void eagerAndHybridizedGiveTheStoredOutputs(String model) {
    float[] expected = Fixture.floats("fixtures/" + model + "/output.f32");
    try (var _ = TensorScope.open()) {
      SymbolBlock net = load(model, device);
      NDArray data = data(model, device);
      assertClose("eager", net.call(data).toFloats(), expected);
      net.hybridize();
      assertClose("hybridized", net.call(data).toFloats(), expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "mlptrain", "resblock"})
  void fiveTrainingStepsFollowTheStoredLosses(String model) {
    JsonObject training = meta(model).getAsJsonObject("train");
    JsonArray losses = training.getAsJsonArray("mean_loss_per_step");
    SymbolBlock net = load(model, device);
    net.hybridize();
    Sgd sgd =
        new Sgd(training.get("learning_rate").getAsFloat())
            .momentum(training.get("momentum").getAsFloat());
    Trainer trainer = new Trainer(net.collectParams(), sgd);
    SoftmaxCrossEntropyLoss loss = new SoftmaxCrossEntropyLoss();
    NDArray data = data(model, device);
    NDArray label = array(model, "label.f32", training.getAsJsonArray("label_shape"), device);
    for (int step = 0; step < losses.size(); step++) {
      try (var _ = TensorScope.open()) {
        NDArray each;
        try (var _ = Autograd.record()) {
          each = loss.call(net.call(data), label);
        }
        each.backward();
        trainer.step((int) label.shape().dim(0));
        double expected = losses.get(step).getAsDouble();
        assertWithMessage("loss of step %s of %s", step, model)
            .that(each.mean().item())
            .isWithin(2e-4 * (1 + expected))
            .of(expected);
      }
    }
  }
}
