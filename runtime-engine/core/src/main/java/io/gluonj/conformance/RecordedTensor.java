package io.gluonj.conformance;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A tensor's type and its row-major values, on no device. */
public final class RecordedTensor {
  private final TensorType type;
  private final double[] values;

  /** Takes as many values as the shape has elements. */
  RecordedTensor(TensorType type, double[] values) {
    if (type.shape().size() != values.length) {
      throw new IllegalArgumentException(type + " with " + values.length + " values");
    }
    this.type = type;
    this.values = values.clone();
  }

  public TensorType type() {
    return type;
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** Value at a row-major position. */
  public double at(int position) {
    return values[position];
  }

  /** Whether every value is zero. */
  boolean isZero() {
    return Arrays.stream(values).allMatch(v -> v == 0);
  }

  /** The values as another type of the same size: a gradient has the type of what it belongs to. */
  RecordedTensor as(TensorType other) {
    return new RecordedTensor(other, values);
  }

  /** A new array with these values. */
  public NDArray on(Device device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(type.bytes(), Long.BYTES);
      for (int i = 0; i < values.length; i++) {
        type.dtype().write(host, i, values[i]);
      }
      return NDArray.of(host, type, device);
    }
  }
}
