package io.gluonj.backend;

import com.google.auto.service.AutoService;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceProvider;

/** Answers {@code Device.best()} from the backends on the class path. */
@AutoService(DeviceProvider.class)
public final class PreferredDevice implements DeviceProvider {
  @Override
  public Device best() {
    return Backends.best();
  }
}
