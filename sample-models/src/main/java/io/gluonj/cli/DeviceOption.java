package io.gluonj.cli;

import io.gluonj.backend.Backends;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import picocli.CommandLine.Option;

/** The option that says where to compute. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, cpu, gpu:0 or reference (default: ${DEFAULT-VALUE}).")
  String name = "auto";

  /**
   * The device, which can be used.
   *
   * @throws InvalidArgumentException if there is no device of that name
   * @throws DeviceException if it cannot be used here
   */
  Device device() {
    Device device = name.equals("auto") ? Device.best() : Device.parse(name);
    Backends.of(device);
    return device;
  }

  /** As {@link #device()}; says so if none was asked for and only the slow one is left. */
  Device device(Terminal terminal) {
    Device device = device();
    if (name.equals("auto") && device.kind() == Device.Kind.REFERENCE) {
      terminal
          .err()
          .println(
              """
              gluonj: only the reference device can be used, which is very slow
                because  no fast device was found
                fix      ./gluonj doctor says what is missing\
              """);
    }
    return device;
  }
}
