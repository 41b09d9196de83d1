package io.gluonj.cuda;

import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/** Asks the driver what a device is. */
final class DeviceQuery {
  /** {@code CUdevice_attribute} in {@code cuda.h}. */
  private static final int WARP_SIZE = 10;

  private static final int MULTIPROCESSOR_COUNT = 16;
  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;
  private static final int MEMORY_POOLS_SUPPORTED = 115;

  private static final int NAME_BYTES = 256;

  private DeviceQuery() {}

  static CUdevice device(int index) {
    var device = new CUdevice();
    Cuda.check(JCudaDriver.cuDeviceGet(device, index), "cuDeviceGet of gpu:" + index);
    return device;
  }

  static GpuProperties properties(int index) {
    CUdevice device = device(index);
    long[] memory = new long[1];
    Cuda.check(JCudaDriver.cuDeviceTotalMem(memory, device), "cuDeviceTotalMem");
    int[] driver = new int[1];
    Cuda.check(JCudaDriver.cuDriverGetVersion(driver), "cuDriverGetVersion");
    return new GpuProperties(
        name(device),
        attribute(device, COMPUTE_CAPABILITY_MAJOR),
        attribute(device, COMPUTE_CAPABILITY_MINOR),
        attribute(device, MULTIPROCESSOR_COUNT),
        attribute(device, WARP_SIZE),
        memory[0],
        attribute(device, MEMORY_POOLS_SUPPORTED) != 0,
        driver[0]);
  }

  private static String name(CUdevice device) {
    byte[] name = new byte[NAME_BYTES];
    Cuda.check(JCudaDriver.cuDeviceGetName(name, NAME_BYTES, device), "cuDeviceGetName");
    int end = 0;
    while (end < NAME_BYTES && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8);
  }

  private static int attribute(CUdevice device, int which) {
    int[] value = new int[1];
    Cuda.check(JCudaDriver.cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
    return value[0];
  }
}
