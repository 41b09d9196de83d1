package io.gluonj.cli.tour;

import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;

/** Arrays to feed nets with, and how far two arrays are apart. */
final class Inputs {
  private static final long SEED = 42;

  private Inputs() {}

  /** Values in [-1, 1), always the same. */
  static NDArray uniform(Device device, long... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new Generator(SEED).uniform(Math.toIntExact(shape.size()), -1, 1);
    return NDArray.of(values, shape, device);
  }

  /** The largest absolute difference of two arrays of one shape. */
  static double distance(NDArray a, NDArray b) {
    return a.sub(b).abs().max().item();
  }
}
