package io.gluonj.test.e2e;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;

/** Computes a little on the device it is told, or on the best one. */
final class CpuOnlyProgram {
  private CpuOnlyProgram() {}

  static void main(String[] args) {
    Device device = args[0].equals("auto") ? Device.best() : Device.parse(args[0]);
    NDArray a = NDArray.of(new float[] {1, 2}, Shape.of(1, 2), device);
    NDArray b = NDArray.of(new float[] {3, 4}, Shape.of(2, 1), device);
    System.out.println(device + " " + a.dot(b).item());
  }
}
