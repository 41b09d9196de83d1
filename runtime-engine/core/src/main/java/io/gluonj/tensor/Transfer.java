package io.gluonj.tensor;

import io.gluonj.backend.Backends;
import io.gluonj.backend.Storage;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
import java.util.ArrayList;
import java.util.List;
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
      copy.recordedAs(new TapeEntry("to", List.of(array), new Back(array.device())), 0);
    }
    return copy;
  }

  private record Back(Device source) implements TapeEntry.Rule {
    @Override
    public List<@Nullable NDArray> gradients(List<@Nullable NDArray> heads, boolean recorded) {
      NDArray head = heads.getFirst();
      var gradients = new ArrayList<@Nullable NDArray>();
      gradients.add(head == null ? null : recorded(head, source));
      return gradients;
    }

    @Override
    public void close() {} // keeps nothing of the forward pass
  }
}
