package io.gluonj.backend;

import com.google.auto.service.AutoService;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceProvider;
import io.gluonj.types.MemoryFigures;

/** Answers what {@code Device} is asked from the backends on the class path. */
@AutoService(DeviceProvider.class)
public final class PreferredDevice implements DeviceProvider {
  @Override
  public Device best() {
    return Backends.best();
  }

  @Override
  public MemoryFigures memory(Device device) {
    return Backends.of(device).memory(device).figures();
  }

  @Override
  public void resetPeakMemory(Device device) {
    Backends.of(device).memory(device).resetPeak();
  }
}
