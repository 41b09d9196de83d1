package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.array;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorOps;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final Device TWO = Device.reference(1);

  @ParameterizedTest
  @CsvSource({
    "6, 3, 0, true, 2 2 2",
    "7, 3, 0, false, 3 2 2",
    "8, 3, 0, false, 3 3 2",
    "3, 3, 0, false, 1 1 1",
    "4, 1, 0, true, 4",
    "6, 2, 1, true, 3 3",
  })
  void partsFollowEachOther(int size, int parts, int axis, boolean even, String expected) {
    NDArray whole = axis == 0 ? ramp(1, size, 2) : ramp(1, 2, size);
    List<NDArray> slices = Split.splitData(whole, parts, axis, even);
    assertThat(String.join(" ", slices.stream().map(s -> "" + s.shape().dim(axis)).toList()))
        .isEqualTo(expected);
    NDArray again = (NDArray) TensorOps.concat(axis, slices.toArray(NDArray[]::new));
    assertThat(again.toFloats()).isEqualTo(whole.toFloats());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 3 | 0 | true  | multiple of 3",
        "2 | 3 | 0 | false | each part needs a sample",
        "6 | 0 | 0 | true  | at least one part",
        "6 | 2 | 2 | true  | axes are numbered",
        "6 | 2 | -1 | true | axes are numbered",
      })
  void whatCannotBeSplitIsRefused(int size, int parts, int axis, boolean even, String message) {
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> Split.splitData(ramp(1, size, 2), parts, axis, even));
    assertThat(e).hasMessageThat().contains(message);
  }

  @Test
  void partsAreLoadedToTheirDevicesAndNothingElseIsLeft() {
    NDArray whole = ramp(1, 4, 1);
    long before = LiveArrays.count() + LiveArrays.forgotten();
    List<NDArray> loaded = Split.splitAndLoad(whole, List.of(DEVICE, TWO));
    assertThat(LiveArrays.count() + LiveArrays.forgotten()).isEqualTo(before + 2);
    assertThat(loaded.get(0).device()).isEqualTo(DEVICE);
    assertThat(loaded.get(1).device()).isEqualTo(TWO);
    assertThat(loaded.get(0).toFloats()).isEqualTo(new float[] {0, 1});
    assertThat(loaded.get(1).toFloats()).isEqualTo(new float[] {2, 3});
    assertThat(Split.splitAndLoad(whole, List.of(DEVICE)).getFirst()).isSameInstanceAs(whole);
  }

  @Test
  void gradientsFlowBackThroughParts() {
    NDArray x = ramp(1, 4);
    x.attachGrad();
    NDArray a;
    NDArray b;
    try (var _ = Autograd.record()) {
      List<NDArray> parts = Split.splitAndLoad(x, List.of(DEVICE, TWO));
      a = parts.get(0).square().sum();
      b = parts.get(1).mul(5).sum();
    }
    Autograd.backward(List.of(a, b), null, false);
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {0, 2, 5, 5});
  }

  @Test
  void globalNormIsClippedTogether() {
    NDArray a = array(new float[] {3, 0}, 2);
    NDArray b = NDArray.of(new float[] {4}, Shape.of(1), TWO);
    assertThat(Gradients.clipGlobalNorm(List.of(a, b), 10)).isWithin(1e-6).of(5);
    assertThat(a.toFloats()).isEqualTo(new float[] {3, 0});
    assertThat(Gradients.clipGlobalNorm(List.of(a, b), 1)).isWithin(1e-6).of(5);
    assertThat(a.toFloats()[0]).isWithin(1e-6f).of(0.6f);
    assertThat(b.item()).isWithin(1e-6).of(0.8);
    NDArray bad = array(new float[] {1, Float.NaN}, 2);
    assertThat(Gradients.clipGlobalNorm(List.of(a, bad), 0.1, false)).isNaN();
    assertThat(a.toFloats()[0]).isWithin(1e-6f).of(0.6f);
    assertThrows(InvalidArgumentException.class, () -> Gradients.clipGlobalNorm(List.of(), 1));
    assertThrows(InvalidArgumentException.class, () -> Gradients.clipGlobalNorm(List.of(a), -1));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"device, DEVICE", "nccl, DEVICE", "Local, LOCAL", "none, NONE", "null, NONE"})
  void storesHaveMxnetsNames(String name, KVStore expected) {
    assertThat(KVStore.of(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"devise, did you mean device?", "dist_sync, use device", "horovod, use device"})
  void otherStoresAreRefused(String name, String fix) {
    var e = assertThrows(InvalidArgumentException.class, () -> KVStore.of(name));
    assertThat(e).hasMessageThat().contains(fix);
  }
}
