package io.gluonj.cli.doctor;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The devices that backends on the class path offer, and whether they compute. */
public final class Devices {
  /**
   * One kind of device.
   *
   * @param usable whether a matrix product on it came out right
   * @param detail what was found, or what is missing
   */
  public record Finding(Device.Kind kind, boolean usable, String detail) {
    /** Whether this is a device to train on. */
    public boolean fast() {
      return usable && kind != Device.Kind.REFERENCE;
    }
  }

  private Devices() {}

  /** All kinds of device, most preferred first; those without a backend last. */
  public static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Backend backend : Backends.all()) {
      findings.add(finding(backend));
    }
    Arrays.stream(Device.Kind.values())
        .filter(kind -> findings.stream().noneMatch(f -> f.kind() == kind))
        .forEach(kind -> findings.add(new Finding(kind, false, absent(kind))));
    return findings;
  }

  private static String absent(Device.Kind kind) {
    return switch (kind) {
      case GPU -> "there is no CUDA backend in this build";
      case CPU -> "gluonj-runtime-engine-cpu is not on the class path";
      case REFERENCE -> "gluonj-runtime-engine-core is damaged: it has no reference backend";
    };
  }

  private static Finding finding(Backend backend) {
    Backend.Availability found = backend.availability();
    if (!found.usable()) {
      return new Finding(backend.kind(), false, found.detail());
    }
    Device device = new Device(backend.kind(), 0);
    try {
      boolean right = product(device) == 11;
      String limit =
          "memory limit "
              + Bytes.text(backend.memory(device).figures().limit())
              + " (-Dgluonj.memory.limit=BYTES changes it)";
      return new Finding(
          backend.kind(),
          right,
          found.detail()
              + "\n"
              + limit
              + "\n"
              + (right ? "a matrix product came out right" : "a matrix product came out WRONG"));
    } catch (GluonException e) {
      return new Finding(
          backend.kind(), false, found.detail() + "\na matrix product failed: " + e.getMessage());
    }
  }

  private static double product(Device device) {
    try (var _ = TensorScope.open()) {
      NDArray a = NDArray.of(new float[] {1, 2}, Shape.of(1, 2), device);
      NDArray b = NDArray.of(new float[] {3, 4}, Shape.of(2, 1), device);
      return a.dot(b).item();
    }
  }
}
