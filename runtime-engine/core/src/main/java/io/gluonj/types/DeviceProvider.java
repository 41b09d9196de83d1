package io.gluonj.types;

/** Tells of the devices here; found by {@link java.util.ServiceLoader}. */
public interface DeviceProvider {
  /** The most preferred usable device. */
  Device best();

  /**
   * The memory of a device.
   *
   * @throws DeviceException if the device cannot be used here
   */
  MemoryFigures memory(Device device);

  /** Lets the peak of a device's memory start anew at what is in use. */
  void resetPeakMemory(Device device);
}
