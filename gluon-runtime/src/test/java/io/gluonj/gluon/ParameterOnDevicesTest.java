package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.array;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.One;
import io.gluonj.initializer.Uniform;
import io.gluonj.io.ParamsFile;
import io.gluonj.nn.BatchNorm;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.ClosedException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.NotInitializedException;
import io.gluonj.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters with copies on several devices. */
class ParameterOnDevicesTest {
  private static final Device TWO = Device.reference(1);
  private static final Device THREE = Device.reference(2);
  private static final List<Device> BOTH = List.of(DEVICE, TWO);

  @TempDir Path folder;

  private static Parameter weight() {
    Parameter weight = new Parameter("weight", Shape.of(2, 3));
    weight.initialize(new Uniform(), BOTH);
    return weight;
  }

  private static void assertSameEverywhere(Iterable<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      for (NDArray data : parameter.listData()) {
        assertThat(data.toFloats()).isEqualTo(parameter.listData().getFirst().toFloats());
      }
    }
  }

  @Test
  void everyDeviceHasTheSameValuesAndAGradientOfItsOwn() {
    Parameter weight = weight();
    assertThat(weight.listDevices()).isEqualTo(BOTH);
    assertSameEverywhere(List.of(weight));
    for (Device device : BOTH) {
      assertThat(weight.data(device).device()).isEqualTo(device);
      assertThat(weight.grad(device).device()).isEqualTo(device);
    }
    assertThat(weight.listData()).containsExactly(weight.data(DEVICE), weight.data(TWO)).inOrder();
    assertThat(weight.listGrad()).containsExactly(weight.grad(DEVICE), weight.grad(TWO)).inOrder();
    NDArray y;
    try (var _ = Autograd.record()) {
      y = weight.data(TWO).mul(3).sum();
    }
    y.backward();
    assertThat(weight.grad(TWO).toFloats()).isEqualTo(new float[] {3, 3, 3, 3, 3, 3});
    assertThat(weight.grad(DEVICE).toFloats()).isEqualTo(new float[6]);
    weight.zeroGrad();
    assertThat(weight.grad(TWO).toFloats()).isEqualTo(new float[6]);
  }

  @Test
  void oneOfSeveralMustBeNamed() {
    Parameter weight = weight();
    for (Consumer<Parameter> read :
        List.<Consumer<Parameter>>of(Parameter::data, Parameter::grad, p -> p.data(THREE))) {
      var e = assertThrows(DeviceException.class, () -> read.accept(weight));
      assertThat(e).hasMessageThat().contains("[reference, reference:1]");
    }
    for (List<Device> devices : List.of(List.<Device>of(), List.of(TWO, TWO))) {
      var e = assertThrows(InvalidArgumentException.class, () -> weight.resetDevice(devices));
      assertThat(e).hasMessageThat().contains("each only once");
    }
  }

  @Test
  void changesReachAllDevices() {
    Parameter weight = weight();
    weight.setData(ramp(1, 2, 3));
    assertThat(weight.data(TWO).toFloats()).isEqualTo(new float[] {0, 1, 2, 3, 4, 5});
    assertSameEverywhere(List.of(weight));
    List<NDArray> grads = weight.listGrad();
    weight.gradReq(GradReq.NULL);
    grads.forEach(g -> assertThrows(ClosedException.class, g::toFloats));
    weight.gradReq(GradReq.ADD);
    weight.data(TWO).set(new float[] {9, 9, 9, 9, 9, 9});
    weight.cast(DType.FLOAT64);
    assertThat(weight.data(TWO).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(weight.data(TWO).toFloats()[0]).isEqualTo(9);
    assertThat(weight.data(DEVICE).toFloats()[1]).isEqualTo(1);
  }

  @Test
  void movingAveragesWhatDiffers() {
    Parameter weight = weight();
    weight.setData(ramp(1, 2, 3));
    weight.data(TWO).set(new float[] {2, 3, 4, 5, 6, 7});
    List<NDArray> left = weight.listData();
    weight.resetDevice(List.of(THREE, TWO));
    assertThat(weight.listDevices()).containsExactly(THREE, TWO).inOrder();
    assertThat(weight.data(THREE).toFloats()).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
    assertSameEverywhere(List.of(weight));
    left.forEach(l -> assertThat(l.isClosed()).isTrue());
    weight.resetDevice(DEVICE);
    assertThat(weight.data().device()).isEqualTo(DEVICE);
  }

  @Test
  void equalCopiesOnThreeDevicesKeepTheirBits() {
    Parameter weight = new Parameter("weight", Shape.of(1000));
    weight.initialize(new Uniform(), List.of(DEVICE, TWO, THREE));
    float[] before = weight.data(TWO).toFloats();
    weight.resetDevice(DEVICE);
    assertThat(weight.data().toFloats()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deferredInitializationEndsOnAllDevices(boolean hybrid) {
    Net net = new Net();
    net.initialize(new Uniform(), BOTH);
    net.hybridize(hybrid);
    Parameter weight = net.first.weight;
    assertThat(weight.isDeferred()).isTrue();
    assertThat(weight.listDevices()).isEqualTo(BOTH);
    assertThrows(NotInitializedException.class, weight::listData);
    NDArray y = net.call(ramp(0.1, 2, 5).to(TWO));
    assertThat(y.device()).isEqualTo(TWO);
    assertThat(weight.listDevices()).isEqualTo(BOTH);
    assertSameEverywhere(net.collectParams());
    assertThat(net.call(ramp(0.1, 2, 5)).toFloats()).isEqualTo(y.toFloats());
    assertThat(net.compilations()).isEqualTo(hybrid ? 2 : 0);
    assertThat(net.collectParams().listDevices()).isEqualTo(BOTH);
  }

  @Test
  void deferredInitializationMayMoveFirst() {
    Linear dense = new Linear(2);
    dense.initialize(new One(), BOTH);
    dense.resetDevice(List.of(TWO, THREE));
    dense.call(NDArray.ones(Shape.of(1, 2), THREE));
    assertThat(dense.weight.listDevices()).containsExactly(TWO, THREE).inOrder();
  }

  @Test
  void shapesMayBeGivenAndValuesReplaced() {
    Net net = new Net();
    net.initialize(new Uniform(), BOTH, Shape.of(2, 5));
    float[] before = net.first.weight.data(TWO).toFloats();
    net.initialize(new Uniform(), BOTH);
    assertThat(net.first.weight.data(TWO).toFloats()).isEqualTo(before);
    net.initialize(new Uniform(), BOTH, true);
    assertThat(net.first.weight.data(TWO).toFloats()).isNotEqualTo(before);
    assertSameEverywhere(net.collectParams());
  }

  @Test
  void filesAreReadToAllDevicesAndWrittenOnce() {
    Path file = folder.resolve("net.params");
    Net net = new Net();
    net.initialize(new Uniform(), BOTH, Shape.of(2, 5));
    net.saveParameters(file);
    record Case(List<Device> present, LoadOptions options, List<Device> expected) {}
    LoadOptions strict = LoadOptions.strict();
    for (Case each :
        List.of(
            new Case(BOTH, strict, BOTH),
            new Case(List.of(DEVICE), strict.devices(BOTH), BOTH),
            new Case(BOTH, strict.device(THREE), List.of(THREE)),
            new Case(List.of(), strict.devices(List.of(TWO, THREE)), List.of(TWO, THREE)))) {
      Net other = new Net();
      if (!each.present().isEmpty()) {
        other.initialize(new Uniform(), each.present());
      }
      other.loadParameters(file, each.options());
      assertThat(other.first.weight.listDevices()).isEqualTo(each.expected());
      assertSameEverywhere(other.collectParams());
      assertThat(other.first.weight.listData().getFirst().toFloats())
          .isEqualTo(net.first.weight.data(DEVICE).toFloats());
    }
  }

  private static double stored(Path file, String key) {
    return Objects.requireNonNull(ParamsFile.read(file, DEVICE).get(key), key).item();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runningStatisticsBelongToTheDeviceAndAreSavedAsTheirMean(boolean hybrid) {
    BatchNorm norm = new BatchNorm().momentum(0.5);
    norm.initialize(new One(), BOTH, Shape.of(2, 1));
    norm.hybridize(hybrid);
    try (var _ = Autograd.record()) {
      norm.call(array(new float[] {2, 6}, 2, 1)); // mean 4, variance 4
      norm.call(array(new float[] {10, 10}, 2, 1).to(TWO)); // mean 10, variance 0
    }
    Parameter mean = norm.collectParams().at("running_mean");
    assertThat(mean.data(DEVICE).item()).isEqualTo(2);
    assertThat(mean.data(TWO).item()).isEqualTo(5);
    Path file = folder.resolve("norm.params");
    long before = LiveArrays.count() + LiveArrays.forgotten();
    norm.saveParameters(file);
    assertThat(LiveArrays.count() + LiveArrays.forgotten()).isEqualTo(before);
    assertThat(stored(file, "running_mean")).isEqualTo(3.5);
    assertThat(stored(file, "running_var")).isEqualTo((2.5 + 0.5) / 2);
    List<Path> exported = norm.export(folder.resolve("norm"), 0, Shape.of(2, 1));
    assertThat(stored(exported.get(1), "aux:" + mean.name())).isEqualTo(3.5);
    norm.loadParameters(file);
    assertThat(mean.data(TWO).item()).isEqualTo(3.5);
  }
}
