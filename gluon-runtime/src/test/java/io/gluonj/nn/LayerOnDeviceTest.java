package io.gluonj.nn;

import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, gradients and running statistics of layers on each device. */
@EachDevice
final class LayerOnDeviceTest {
  private final Device device;

  LayerOnDeviceTest(Device device) {
    this.device = device;
  }

  @ParameterizedTest
  @MethodSource("io.gluonj.nn.LayerGradientTest#cases")
  void theDeviceAgreesWithTheReference(LayerGradientTest.Case each) {
    LayerCheck.deviceAgrees(each.maker(), each.x(), device);
  }
}
