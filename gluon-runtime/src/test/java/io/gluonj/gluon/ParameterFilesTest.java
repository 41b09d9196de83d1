package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.Uniform;
import io.gluonj.initializer.Zero;
import io.gluonj.io.ParamsFile;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.NotInitializedException;
import io.gluonj.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void restart() {
    Block.restartNames();
  }

  private static Net net() {
    Net net = new Net();
    net.initialize(new Uniform(0.5), DEVICE, Shape.of(1, 5));
    return net;
  }

  private Path renamed(Net net, UnaryOperator<String> rename) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    net.collectParams().forEach(p -> arrays.put(rename.apply(p.name()), p.data()));
    Path file = folder.resolve("renamed.params");
    ParamsFile.write(file, arrays);
    return file;
  }

  private static void assertEqualOutputs(Net a, Net b) {
    NDArray x = ramp(0.1, 3, 5);
    assertThat(b.call(x).toFloats()).isEqualTo(a.call(x).toFloats());
  }

  @Test
  void secondNetGivesEqualOutputs() {
    Net net = net();
    Path file = folder.resolve("net.params");
    net.saveParameters(file);
    assertThat(ParamsFile.read(file, DEVICE).keySet())
        .containsExactly("first.weight", "first.bias", "second.weight", "second.bias")
        .inOrder();
    Net fresh = new Net();
    fresh.loadParameters(file, DEVICE);
    assertEqualOutputs(net, fresh);
    Net initialized = net();
    initialized.loadParameters(file);
    assertEqualOutputs(net, initialized);
    Net deferred = new Net();
    deferred.initialize(new Zero(), DEVICE);
    deferred.loadParameters(file);
    assertEqualOutputs(net, deferred);
  }

  @Test
  void fullNamesAreUnderstood() {
    Net net = net();
    for (UnaryOperator<String> naming :
        List.<UnaryOperator<String>>of(
            n -> n,
            n -> "arg:" + n,
            n -> "aux:" + n,
            n -> n.substring("net0_".length()),
            n -> n.replace("net0_", "net17_"))) {
      Net other = new Net();
      other.loadParameters(renamed(net, naming), DEVICE);
      assertEqualOutputs(net, other);
    }
  }

  @Test
  void misfitIsReportedInOneTableAndChangesNothing() {
    Net net = net();
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put("first.weight", ramp(1, 4, 5));
    arrays.put("first.bais", ramp(1, 4));
    arrays.put("second.weight", ramp(1, 3, 7));
    arrays.put("second.bias", ramp(1, 3));
    Path file = folder.resolve("bad.params");
    ParamsFile.write(file, arrays);
    float[] before = net.first.weight.data().toFloats();
    var e = assertThrows(InvalidArgumentException.class, () -> net.loadParameters(file));
    assertThat(e)
        .hasMessageThat()
        .contains("does not fit Net: 1 missing, 1 unexpected, 1 different");
    assertThat(e).hasMessageThat().contains("missing     first.bias  (near: first.bais)");
    assertThat(e).hasMessageThat().contains("unexpected  first.bais  (near: first.bias)");
    assertThat(e)
        .hasMessageThat()
        .contains("different   second.weight: file float32(3, 7), block float32(3, 4)");
    assertThat(net.first.weight.data().toFloats()).isEqualTo(before);
    assertThat(net.second.bias.data().toFloats()).isEqualTo(new float[3]);
  }

  @Test
  void optionsAllowMissingAndExtra() {
    Net net = net();
    Path file = folder.resolve("part.params");
    ParamsFile.write(file, Map.of("second.bias", ramp(1, 3), "third.bias", ramp(1, 3)));
    LoadOptions missing = LoadOptions.strict().allowMissing(true);
    assertThrows(InvalidArgumentException.class, () -> net.loadParameters(file, missing));
    net.loadParameters(file, missing.ignoreExtra(true));
    assertThat(net.second.bias.data().toFloats()).isEqualTo(new float[] {0, 1, 2});
  }

  @Test
  void fileThatFitsNothingIsRefusedInAnyCase() {
    Path file = folder.resolve("other.params");
    ParamsFile.write(file, Map.of("embedding.table", ramp(1, 3)));
    LoadOptions all = LoadOptions.strict().allowMissing(true).ignoreExtra(true);
    assertThrows(InvalidArgumentException.class, () -> net().loadParameters(file, all));
  }

  @Test
  void otherTypeNeedsCastDtype() {
    Net net = net();
    net.cast(DType.FLOAT64);
    Path file = folder.resolve("wide.params");
    net.saveParameters(file);
    Net narrow = new Net();
    var e = assertThrows(InvalidArgumentException.class, () -> narrow.loadParameters(file, DEVICE));
    assertThat(e).hasMessageThat().contains("file float64(4, 5), block float32(4, 0)");
    narrow.loadParameters(file, LoadOptions.strict().device(DEVICE).castDtype(true));
    assertThat(narrow.first.weight.data().dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void sharedParameterIsReadFromAnyOfItsPaths() {
    Linear shared = new Linear(2, 2);
    HybridSequential net = new HybridSequential().add(shared, shared);
    net.initialize(new Uniform(), DEVICE);
    Path file = folder.resolve("shared.params");
    net.saveParameters(file);
    assertThat(ParamsFile.read(file, DEVICE)).hasSize(4);
    ParamsFile.write(file, Map.of("1.weight", ramp(1, 2, 2), "0.bias", ramp(1, 2)));
    net.loadParameters(file);
    assertThat(shared.weight.data().toFloats()).isEqualTo(new float[] {0, 1, 2, 3});
  }

  @Test
  void dictionaryIsSavedUnderFullNames() {
    ParameterDict params = new ParameterDict("a_");
    params.get("weight", ParamSpec.shape(2, 2));
    params.initialize(new Uniform(), DEVICE);
    Path file = folder.resolve("dict.params");
    params.save(file);
    assertThat(ParamsFile.read(file, DEVICE).keySet()).containsExactly("a_weight");
    ParameterDict other = new ParameterDict("a_");
    Parameter weight = other.get("weight", ParamSpec.shape(0, 0));
    other.load(file, LoadOptions.strict().device(DEVICE));
    assertThat(weight.data().toFloats()).isEqualTo(params.at("a_weight").data().toFloats());
    other.get("bias", ParamSpec.shape(2));
    var e = assertThrows(InvalidArgumentException.class, () -> other.load(file));
    assertThat(e).hasMessageThat().contains("missing     a_bias");
  }

  @Test
  void unfinishedNetIsNotSaved() {
    Net net = new Net();
    net.initialize(new Uniform(), DEVICE);
    Path file = folder.resolve("unfinished.params");
    assertThrows(NotInitializedException.class, () -> net.saveParameters(file));
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void exportWritesGraphAndParameters() throws Exception {
    Net net = net();
    var e =
        assertThrows(InvalidArgumentException.class, () -> net.export(folder.resolve("model"), 0));
    assertThat(e).hasMessageThat().contains("before its first call");
    net.call(ramp(1, 2, 5));
    List<Path> files = net.export(folder.resolve("model"), 3);
    assertThat(files)
        .containsExactly(folder.resolve("model-symbol.json"), folder.resolve("model-0003.params"))
        .inOrder();
    assertThat(Files.readString(files.getFirst())).contains("net0_linear1_weight");
    assertThat(ParamsFile.read(files.getLast(), DEVICE).keySet())
        .containsExactly(
            "arg:net0_linear0_weight",
            "arg:net0_linear0_bias",
            "arg:net0_linear1_weight",
            "arg:net0_linear1_bias");
    Net other = new Net();
    other.loadParameters(files.getLast(), DEVICE);
    assertEqualOutputs(net, other);
  }
}
