package io.gluonj.tensor;

import io.gluonj.backend.Backends;
import io.gluonj.backend.Storage;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
import org.jspecify.annotations.Nullable;

/** Copies of arrays on other devices. */
final class Transfer {
  private static final MemoryOwner COPY = new MemoryOwner(MemoryOwner.Kind.ARRAY, "copy");

  private Transfer() {}

  /** A copy on a device; goes from device to device if both are of one kind. */
  static NDArray copy(NDArray array, Device target) {
    Storage source = array.acquire();
    try {
      MemoryOwner current = MemoryOwner.current();
      Storage made =
          Backends.of(target)
              .memory(target)
              .allocate(source.bytes(), current.equals(MemoryOwner.ARRAY) ? COPY : current, "");
      boolean done = false;
      try {
        Backends.copy(source, made);
        done = true;
      } finally {
        if (!done) {
          made.release();
        }
      }
      return new NDArray(array.type(), made);
    } finally {
      source.release();
    }
  }

  /** A copy that sends its gradient back to the device of the original, if that is recorded. */
  static NDArray recorded(NDArray array, Device target) {
    NDArray copy = copy(array, target);
    if (Autograd.isRecording() && array.tracked() && array.dtype().isFloating()) {
      TapeEntry.Edge[] inputs = {TapeEntry.Edge.of(array)};
      TapeEntry.record("to", inputs, new NDArray[] {copy}, new Back(array.device()));
    }
    return copy;
  }

  private record Back(Device source) implements TapeEntry.Rule {
    @Override
    public @Nullable NDArray[] gradients(@Nullable NDArray[] heads, boolean recorded) {
      NDArray head = heads[0];
      return new @Nullable NDArray[] {head == null ? null : recorded(head, source)};
    }

    @Override
    public void close() {} // keeps nothing of the forward pass
  }
}
