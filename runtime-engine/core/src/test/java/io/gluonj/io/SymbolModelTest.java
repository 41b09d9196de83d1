package io.gluonj.io;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.testing.Fixture;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymbolModelTest {
  private static final Device DEVICE = Device.reference();
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private static String at(String model, String file) {
    return "fixtures/" + model + "/" + file;
  }

  private static TensorType input(String model) {
    return switch (model) {
      case "lenet" -> TensorType.float32(4, 1, 28, 28);
      case "resblock" -> TensorType.float32(4, 3, 16, 16);
      default -> TensorType.float32(4, 16);
    };
  }

  private static SymbolModel load(String model) {
    return SymbolModel.load(
        Fixture.file(at(model, model + "-symbol.json")),
        Fixture.file(at(model, model + "-0000.params")),
        Map.of("data", input(model)),
        DEVICE);
  }

  private static NDArray data(String model) {
    return NDArray.of(Fixture.floats(at(model, "data.f32")), input(model).shape(), DEVICE);
  }

  private static void assertClose(String what, NDArray actual, float[] expected) {
    float[] values = actual.toFloats();
    assertThat(values).hasLength(expected.length);
    for (int i = 0; i < values.length; i++) {
      assertWithMessage("%s, element %s", what, i)
          .that(values[i])
          .isWithin((float) (TOLERANCE * (1 + Math.abs(expected[i]))))
          .of(expected[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "mlp", "mlptrain", "resblock"})
  void modelsOfMxnetGiveTheirStoredOutputs(String model) {
    try (SymbolModel loaded = load(model);
        NDArray data = data(model)) {
      assertThat(loaded.inputNames()).containsExactly("data");
      NDArray output =
          loaded.function(model, DEVICE).call(loaded.arguments(Map.of("data", data))).getFirst();
      assertClose("output", output, Fixture.floats(at(model, "output.f32")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "mlptrain", "resblock"})
  void trainingStepsOfMxnetAreReproduced(String model) {
    Map<String, NDArray> expected =
        ParamsFile.read(Fixture.file(at(model, "grads.params")), DEVICE);
    try (SymbolModel loaded = load(model);
        NDArray data = data(model)) {
      NDArray label = NDArray.of(Fixture.floats(at(model, "label.f32")), Shape.of(4), DEVICE);
      expected.keySet().forEach(name -> param(loaded, name).attachGrad());
      NDArray output;
      NDArray loss;
      try (var _ = Autograd.record()) {
        output =
            loaded.function(model, DEVICE).call(loaded.arguments(Map.of("data", data))).getFirst();
        loss = output.logSoftmax(-1).pick(label, -1).neg();
      }
      assertClose("train output", output, Fixture.floats(at(model, "train_output.f32")));
      assertClose("loss", loss, Fixture.floats(at(model, "loss.f32")));
      loss.backward();
      expected.forEach(
          (name, gradient) -> assertClose(name, param(loaded, name).grad(), gradient.toFloats()));
      if (model.equals("resblock")) {
        ParamsFile.read(Fixture.file(at(model, "aux_after_step1.params")), DEVICE)
            .forEach((name, value) -> assertClose(name, param(loaded, name), value.toFloats()));
      }
    }
  }

  private static NDArray param(SymbolModel model, String key) {
    String name = key.startsWith("arg:") || key.startsWith("aux:") ? key.substring(4) : key;
    return Objects.requireNonNull(model.params().get(name), name);
  }

  @Test
  void missingAndUnexpectedValuesAreListedTogether() {
    Map<String, NDArray> stored =
        new LinkedHashMap<>(ParamsFile.read(Fixture.file(at("mlp", "mlp-0000.params")), DEVICE));
    NDArray moved = stored.remove("arg:hybridsequential0_dense0_weight");
    assertThat(moved).isNotNull();
    stored.put("arg:hybridsequential1_dense0_weight", moved);
    Path file = folder.resolve("other.params");
    ParamsFile.write(file, stored);
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () ->
                SymbolModel.load(
                    Fixture.file(at("mlp", "mlp-symbol.json")),
                    file,
                    Map.of("data", input("mlp")),
                    DEVICE));
    assertThat(e)
        .hasMessageThat()
        .contains(
            "missing     hybridsequential0_dense0_weight; did you mean"
                + " hybridsequential1_dense0_weight?");
    assertThat(e).hasMessageThat().contains("unexpected  hybridsequential1_dense0_weight");
  }

  @Test
  void inputsAreFoundWithoutNamingThem() {
    try (SymbolModel model =
        SymbolModel.load(
            Fixture.file(at("lenet", "lenet-symbol.json")),
            Fixture.file(at("lenet", "lenet-0000.params")),
            Map.of(),
            DEVICE)) {
      assertThat(model.inputNames()).containsExactly("data");
      assertThat(model.graph().variables().getFirst().role()).isEqualTo(Symbol.Role.DATA);
      var e = assertThrows(InvalidArgumentException.class, () -> model.arguments(Map.of()));
      assertThat(e).hasMessageThat().contains("the graph's inputs are [data]");
    }
  }
}
