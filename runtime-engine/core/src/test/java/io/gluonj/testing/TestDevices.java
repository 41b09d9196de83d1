package io.gluonj.testing;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.types.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices that tests compare, in one place: what can be used here, beside the reference. {@code
 * -Dgluonj.test.device} names the GPU to test on.
 */
public final class TestDevices {
  private static final String PROPERTY = "gluonj.test.device";

  private TestDevices() {}

  /** The GPU of tests that need one. */
  public static Device gpu() {
    return Device.parse(System.getProperty(PROPERTY, "gpu:0"));
  }

  static boolean gpuWasAskedFor() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Every device but the reference that can be used here; a GPU that was asked for in any case. */
  public static List<Device> fast() {
    var devices = new ArrayList<Device>();
    for (Backend backend : Backends.all()) {
      Device device = backend.kind() == Device.Kind.GPU ? gpu() : new Device(backend.kind(), 0);
      boolean wanted = backend.kind() == Device.Kind.GPU && gpuWasAskedFor();
      if (device.kind() != Device.Kind.REFERENCE
          && (wanted || backend.availability(device).usable())) {
        devices.add(device);
      }
    }
    return devices;
  }

  /** The reference, then {@link #fast()}. */
  public static List<Device> all() {
    var devices = new ArrayList<>(List.of(Device.reference()));
    devices.addAll(fast());
    return devices;
  }
}
