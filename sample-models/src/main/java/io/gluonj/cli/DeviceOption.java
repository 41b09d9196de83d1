package io.gluonj.cli;

import io.gluonj.types.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where to compute. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      converter = Values.DeviceName.class,
      defaultValue = "auto",
      description = "auto, cpu, gpu:0 or reference (default: ${DEFAULT-VALUE}).")
  @Nullable Device chosen;

  /** The device. */
  Device device() {
    return chosen == null ? Device.best() : chosen;
  }
}
