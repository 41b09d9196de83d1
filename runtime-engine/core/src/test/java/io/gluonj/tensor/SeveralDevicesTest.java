package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.MemoryFigures;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies and sums between devices, and their memory. */
class SeveralDevicesTest {
  private static final Device ONE = Device.reference();
  private static final Device TWO = Device.reference(1);

  private static NDArray array(Device device, float... values) {
    return NDArray.of(values, Shape.of(values.length), device);
  }

  @Test
  void numberedDevicesHaveNamesAndMemoryOfTheirOwn() {
    assertThat(TWO.toString()).isEqualTo("reference:1");
    for (String name : List.of("cpu", "cpu:1", "gpu:3", "reference", "reference:1")) {
      assertThat(Device.parse(name).toString()).isEqualTo(name);
    }
    Device device = Device.reference(17);
    MemoryFigures before = device.memory();
    NDArray x = NDArray.zeros(Shape.of(1024), device);
    assertThat(device.memory().inUse()).isEqualTo(before.inUse() + 4096);
    assertThat(device.memory().blocks()).isEqualTo(1);
    assertThat(device.memory().device()).isEqualTo(device);
    x.close();
    assertThat(device.memory().inUse()).isEqualTo(before.inUse());
    assertThat(device.memory().peak()).isEqualTo(before.inUse() + 4096);
    device.resetPeakMemory();
    assertThat(device.memory().peak()).isEqualTo(before.inUse());
    assertThat(device.memory().toString()).startsWith("reference:17: in use 0 bytes in 0 blocks");
  }

  @Test
  void arraysAreMadeOnTheDeviceAskedFor() {
    record Case(NDArray made, List<Float> values) {}
    for (Case each :
        List.of(
            new Case(NDArray.zeros(Shape.of(2), TWO), List.of(0f, 0f)),
            new Case(NDArray.ones(Shape.of(3), TWO), List.of(1f, 1f, 1f)),
            new Case(NDArray.full(2.5, TensorType.float32(5), TWO), Collections.nCopies(5, 2.5f)),
            new Case(
                NDArray.full(-3, new TensorType(Shape.of(3), DType.INT8), TWO),
                List.of(-3f, -3f, -3f)),
            new Case(NDArray.full(1, TensorType.float32(0), TWO), List.of()),
            new Case(NDArray.arange(3, TWO), List.of(0f, 1f, 2f)),
            new Case(NDArray.scalar(4, TWO), List.of(4f)))) {
      assertThat(each.made().device()).isEqualTo(TWO);
      assertThat(each.made().toFloats())
          .usingExactEquality()
          .containsExactlyElementsIn(each.values())
          .inOrder();
    }
  }

  @Test
  void copiesAreIndependentAndToIsFreeWhereTheArrayIs() {
    NDArray x = array(ONE, 1, 2);
    assertThat(x.to(ONE)).isSameInstanceAs(x);
    NDArray y = x.asInContext(TWO);
    assertThat(y.device()).isEqualTo(TWO);
    NDArray z = x.copyTo(ONE);
    x.set(new float[] {5, 6});
    assertThat(y.toFloats()).isEqualTo(new float[] {1, 2});
    assertThat(z.toFloats()).isEqualTo(new float[] {1, 2});
    x.close();
    assertThat(y.toFloats()).isEqualTo(new float[] {1, 2});
    assertThat(NDArray.zeros(Shape.of(0, 3), ONE).to(TWO).shape()).isEqualTo(Shape.of(0, 3));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsFlowBackBetweenDevices(boolean twice) {
    NDArray x = array(ONE, 1, 2, 3);
    x.attachGrad();
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.square().to(TWO).mul(3).square().sum(); // 9 x^4
      if (twice) {
        NDArray first = Autograd.grad(List.of(y), List.of(x), true, true).getFirst();
        y = first.to(TWO).sum(); // 36 x^3
      }
    }
    y.backward();
    float[] expected = twice ? new float[] {108, 432, 972} : new float[] {36, 288, 972};
    assertThat(x.grad().device()).isEqualTo(ONE);
    assertThat(x.grad().toFloats()).isEqualTo(expected);
  }

  @Test
  void copyToIsNotRecorded() {
    NDArray x = array(ONE, 1);
    x.attachGrad();
    try (var _ = Autograd.record()) {
      assertThat(x.copyTo(TWO).tracked()).isFalse();
      assertThat(x.to(TWO).tracked()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void sumsLieOnEachDevice(int devices) {
    List<NDArray> terms = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      terms.add(array(Device.reference(i), 1, 10 * i, 0.1f));
    }
    long before = LiveArrays.count() + LiveArrays.forgotten();
    List<NDArray> totals = Collectives.sum(terms);
    assertThat(LiveArrays.count() + LiveArrays.forgotten()).isEqualTo(before + devices);
    float tenths = 0.1f;
    for (int i = 1; i < devices; i++) {
      tenths += 0.1f;
    }
    for (int i = 0; i < devices; i++) {
      assertThat(totals.get(i).device()).isEqualTo(Device.reference(i));
      assertThat(totals.get(i).toFloats())
          .isEqualTo(new float[] {devices, 5 * devices * (devices - 1), tenths});
      assertThat(terms.get(i).toFloats()).isEqualTo(new float[] {1, 10 * i, 0.1f});
    }
  }

  @Test
  void sumsMayBeTakenElsewhereAndAreNotRecorded() {
    NDArray a = array(ONE, 1);
    NDArray b = array(TWO, 2);
    a.attachGrad();
    try (var _ = Autograd.record()) {
      List<NDArray> totals = Collectives.sum(List.of(a, b), Device.reference(2));
      assertThat(totals.getFirst().tracked()).isFalse();
      assertThat(totals.getFirst().item()).isEqualTo(3);
      assertThat(totals.get(1).device()).isEqualTo(TWO);
      assertThat(Collectives.sum(List.of(a)).getFirst().item()).isEqualTo(1);
      assertThat(Collectives.sum(List.of(a, a)).get(1).item()).isEqualTo(2);
    }
  }

  @Test
  void sumsOfNothingAndOfDifferentTypesAreRefused() {
    assertThrows(InvalidArgumentException.class, () -> Collectives.sum(List.of()));
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> Collectives.sum(List.of(array(ONE, 1), array(TWO, 1, 2))));
    assertThat(e).hasMessageThat().contains("float32(2,) on reference:1");
  }

  @Test
  void memoryIsReportedByOwner() {
    Device device = Device.reference(18);
    var weight = new MemoryOwner(MemoryOwner.Kind.PARAMETER, "net.weight");
    NDArray x = NDArray.ones(Shape.of(100), device).ownedBy(weight);
    x.attachGrad();
    NDArray y;
    try (var _ = Autograd.record();
        var _ = NameScope.open("net_", "Net.layer")) {
      y = x.exp();
    }
    NDArray batch = MemoryOwner.BATCH.during(() -> NDArray.ones(Shape.of(10), device));
    NDArray copy = x.copyTo(device);
    assertThat(owners(device))
        .containsExactly(
            "448 bytes in 1 block: parameter net.weight",
            "448 bytes in 1 block: gradient of net.weight",
            "448 bytes in 1 block: result of exp in Net.layer",
            "448 bytes in 1 block: array copy",
            "64 bytes in 1 block: data batch");
    y.backward();
    y.close();
    copy.close();
    batch.close();
    x.set(NDArray.zeros(Shape.of(100), device)); // the values pass to x, and what they count as
    assertThat(owners(device)).contains("448 bytes in 1 block: parameter net.weight");
    assertThat(owners(device)).contains("448 bytes in 1 block: gradient of net.weight");
  }

  private static List<String> owners(Device device) {
    return io.gluonj.backend.Backends.of(device).memory(device).largest(10).stream()
        .map(Object::toString)
        .toList();
  }
}
