package io.gluonj.cuda;

import jcuda.driver.CUdeviceptr;

/** An address in the form that JCuda's functions take; both of device and of host memory. */
public final class DevicePointer extends CUdeviceptr {
  private static final CUdeviceptr ORIGIN = new CUdeviceptr();

  /** Holds what a call writes to it. */
  DevicePointer() {}

  private DevicePointer(long address) {
    super(ORIGIN, address);
  }

  /** JCuda's form of an address. */
  public static DevicePointer of(long address) {
    return new DevicePointer(address);
  }

  /** The address. */
  public long address() {
    return getNativePointer() + getByteOffset();
  }
}
