package io.gluonj.types;

/** Tells which device is best here; found by {@link java.util.ServiceLoader}. */
public interface DeviceProvider {
  /** The most preferred usable device. */
  Device best();
}
