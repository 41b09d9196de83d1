package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.array;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.initializer.One;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.AutogradException;
import io.gluonj.types.ClosedException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import org.junit.jupiter.api.Test;

class ParameterTest {
  private static Parameter ones(ParamSpec spec) {
    Parameter parameter = new Parameter("weight", spec);
    parameter.initialize(new One(), DEVICE);
    return parameter;
  }

  private static void backward(Parameter parameter, double factor) {
    NDArray y;
    try (var _ = Autograd.record()) {
      y = parameter.data().mul(factor).sum();
    }
    y.backward();
  }

  @Test
  void standsAlone() {
    Parameter weight = new Parameter("weight", Shape.of(2, 2));
    assertThat(weight.toString()).isEqualTo("Parameter weight (shape=(2, 2), dtype=float32)");
    weight.initialize(new One(), DEVICE);
    assertThat(weight.data().toFloats()).isEqualTo(new float[] {1, 1, 1, 1});
    assertThat(weight.grad().toFloats()).isEqualTo(new float[] {0, 0, 0, 0});
    assertThat(weight.listDevices()).containsExactly(DEVICE);
    backward(weight, 3);
    assertThat(weight.grad().toFloats()).isEqualTo(new float[] {3, 3, 3, 3});
    weight.zeroGrad();
    assertThat(weight.grad().toFloats()).isEqualTo(new float[] {0, 0, 0, 0});
  }

  @Test
  void writeReplacesAddAccumulatesNullKeepsNone() {
    Parameter weight = ones(ParamSpec.shape(1));
    backward(weight, 2);
    backward(weight, 2);
    assertThat(weight.grad().item()).isEqualTo(2);
    weight.gradReq("add");
    backward(weight, 2);
    backward(weight, 2);
    assertThat(weight.grad().item()).isEqualTo(4);
    NDArray freed = weight.grad();
    weight.gradReq(GradReq.NULL);
    assertThrows(ClosedException.class, freed::item);
    var e = assertThrows(AutogradException.class, weight::grad);
    assertThat(e).hasMessageThat().contains("its gradReq is NULL");
  }

  @Test
  void shapeFillsUnknownExtentsOnly() {
    Parameter weight = new Parameter("weight", ParamSpec.shape(10, ParamSpec.UNKNOWN));
    assertThat(weight.toString()).isEqualTo("Parameter weight (shape=(10, 0), dtype=float32)");
    assertThrows(ShapeException.class, () -> weight.shape(Shape.of(11, 3)));
    assertThrows(ShapeException.class, () -> weight.shape(Shape.of(10, 3, 1)));
    weight.shape(Shape.of(10, 3));
    assertThat(weight.shape()).isEqualTo(Shape.of(10, 3));
    var e = assertThrows(ShapeException.class, () -> weight.shape(Shape.of(10, 4)));
    assertThat(e).hasMessageThat().contains("shape (10, 4) was given, its shape is (10, 3)");
  }

  @Test
  void ownInitializerWinsOverTheNetworks() {
    Parameter bias = new Parameter("bias", ParamSpec.shape(3).init("zeros"));
    bias.initialize(new One(), DEVICE);
    assertThat(bias.data().toFloats()).isEqualTo(new float[3]);
  }

  @Test
  void secondInitializationNeedsForce() {
    Parameter weight = ones(ParamSpec.shape(2));
    assertThat(weight.initialize(new Uniform(), DEVICE, false)).isFalse();
    assertThat(weight.data().toFloats()).isEqualTo(new float[] {1, 1});
    assertThat(weight.initialize(new Uniform(), DEVICE, true)).isTrue();
    assertThat(weight.data().toFloats()).isNotEqualTo(new float[] {1, 1});
  }

  @Test
  void setDataKeepsTheArrayAndItsGradient() {
    Parameter weight = ones(ParamSpec.shape(2));
    NDArray data = weight.data();
    weight.setData(array(new float[] {3, 4}, 2));
    assertThat(data.toFloats()).isEqualTo(new float[] {3, 4});
    assertThat(weight.data()).isSameInstanceAs(data);
    assertThrows(ShapeException.class, () -> weight.setData(ramp(1, 3)));
  }

  @Test
  void setDataTakesACopy() {
    Parameter weight = ones(ParamSpec.shape(2));
    NDArray given = array(new float[] {3, 4}, 2);
    weight.setData(given);
    given.close();
    assertThat(weight.data().toFloats()).isEqualTo(new float[] {3, 4});
  }

  @Test
  void castConvertsValuesAndGradient() {
    Parameter weight = ones(ParamSpec.shape(2));
    weight.cast(DType.FLOAT64);
    assertThat(weight.data().dtype()).isEqualTo(DType.FLOAT64);
    assertThat(weight.grad().dtype()).isEqualTo(DType.FLOAT64);
    assertThat(weight.data().toDoubles()).isEqualTo(new double[] {1, 1});
    Parameter wide = new Parameter("wide", ParamSpec.shape(2).dtype("float64"));
    wide.initialize(new One(), DEVICE);
    assertThat(wide.data().dtype()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void foreignDeviceIsNamed() {
    Parameter weight = ones(ParamSpec.shape(2));
    Device other = new Device(Device.Kind.GPU, 3);
    var e = assertThrows(DeviceException.class, () -> weight.data(other));
    assertThat(e).hasMessageThat().contains("gpu:3");
    assertThat(e).hasMessageThat().contains("reference");
  }

  @Test
  void constantHasNoGradient() {
    Parameter constant = Parameter.constant("c", ramp(1, 3));
    assertThat(constant.gradReq()).isEqualTo(GradReq.NULL);
    assertThat(constant.data().toFloats()).isEqualTo(new float[] {0, 1, 2});
    assertThrows(InvalidArgumentException.class, () -> constant.gradReq(GradReq.WRITE));
  }

  @Test
  void variableCarriesWhatFilesStore() {
    Parameter weight = new Parameter("weight", ParamSpec.shape(10, 0).init("zeros").lrMult(2));
    Symbol var = weight.var();
    assertThat(var).isSameInstanceAs(weight.var());
    assertThat(var.name()).isEqualTo("weight");
    assertThat(var.node().role()).isEqualTo(Symbol.Role.PARAMETER);
    assertThat(var.node().attributes()).containsEntry("__shape__", "(10, 0)");
    assertThat(var.node().attributes()).containsEntry("__lr_mult__", "2.0");
    assertThat(var.node().attributes()).containsEntry("__dtype__", "0");
    assertThat(var.node().attributes()).containsKey("__init__");
  }
}
