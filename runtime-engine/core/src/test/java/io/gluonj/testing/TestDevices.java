package io.gluonj.testing;

import io.gluonj.types.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The devices that tests run on, in one place: the CPU and the first GPU, or the one device that
 * {@code -Dgluonj.test.device} names.
 */
public final class TestDevices {
  private static final String PROPERTY = "gluonj.test.device";

  private TestDevices() {}

  private static Optional<Device> named() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Device::parse);
  }

  /** The GPU of tests that need one. */
  public static Device gpu() {
    return named()
        .filter(device -> device.kind() == Device.Kind.GPU)
        .orElseGet(() -> Device.gpu(0));
  }

  /** Whether a GPU must be there: it was named. */
  static boolean gpuWasAskedFor() {
    return named().filter(device -> device.kind() == Device.Kind.GPU).isPresent();
  }

  /** The devices of {@link EachDevice}, usable or not. */
  static List<Device> asked(boolean reference) {
    return named()
        .map(List::of)
        .orElseGet(() -> {
          var devices = new ArrayList<>(List.of(Device.cpu(), gpu()));
          if (reference) {
            devices.add(Device.reference());
          }
          return devices;
        });
  }
}
