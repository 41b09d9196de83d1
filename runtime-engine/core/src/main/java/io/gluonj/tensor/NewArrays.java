package io.gluonj.tensor;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.backend.Storage;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** Makes arrays from values in host memory. */
final class NewArrays {
  private NewArrays() {}

  static NDArray of(MemorySegment values, TensorType type, Device device) {
    return new NDArray(type, storage(values, type, device));
  }

  /** A storage with the given values, used once: by the caller. */
  static Storage storage(MemorySegment values, TensorType type, Device device) {
    if (!type.shape().isKnown() || values.byteSize() != type.bytes()) {
      throw new InvalidArgumentException(
          values.byteSize() + " bytes were given for an array of type " + type,
          type.shape().isKnown()
              ? "it has " + type.bytes() + " bytes"
              : "arrays have no unknown extents",
          "pass as many values as the shape has elements");
    }
    Backend backend = Backends.of(device);
    Storage storage = backend.memory(device).allocate(values.byteSize(), owner(), "");
    boolean done = false;
    try {
      if (values.byteSize() > 0) {
        backend.upload(device, values, storage.address());
      }
      done = true;
    } finally {
      if (!done) {
        storage.release();
      }
    }
    return storage;
  }

  /** What the thread says it makes; of the program's own arrays also where, if that is traced. */
  private static MemoryOwner owner() {
    MemoryOwner current = MemoryOwner.current();
    return Lease.TRACE && current.equals(MemoryOwner.ARRAY)
        ? new MemoryOwner(MemoryOwner.Kind.ARRAY, "made " + Origin.here())
        : current;
  }

  static NDArray matrix(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new InvalidArgumentException(
            "row " + i + " has " + rows[i].length + " values, row 0 has " + columns,
            "all rows of a matrix are equally long",
            "fill up the shorter rows");
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return NDArray.of(values, rows.length, columns);
  }

  static NDArray full(double value, TensorType type, Device device) {
    return filled(
        type,
        device,
        host -> {
          int element = type.dtype().bytes();
          if (value != 0 && host.byteSize() > 0) {
            type.dtype().write(host, 0, value);
            for (long done = element; done < host.byteSize(); done *= 2) {
              long next = Math.min(done, host.byteSize() - done);
              MemorySegment.copy(host, 0, host, done, next);
            }
          }
        });
  }

  static NDArray arange(int n, Device device) {
    return filled(
        TensorType.float32(n),
        device,
        host -> {
          for (int i = 0; i < n; i++) {
            DType.FLOAT32.write(host, i, i);
          }
        });
  }

  /** An array whose values are written into zeroed host memory first. */
  static NDArray filled(TensorType type, Device device, Consumer<MemorySegment> values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(Math.max(1, type.bytes())).asSlice(0, type.bytes());
      values.accept(host);
      return of(host, type, device);
    }
  }
}
