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
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The devices that backends on the class path offer, and whether they compute. */
public final class Devices {
  /**
   * One device, or all of a kind where none can be used.
   *
   * @param name as the device is written; that of the kind where none can be used
   * @param usable whether a matrix product on it came out right
   * @param detail what was found, or what is missing
   */
  public record Finding(String name, Device.Kind kind, boolean usable, String detail) {
    /** Whether this is a device to train on. */
    public boolean fast() {
      return usable && kind != Device.Kind.REFERENCE;
    }
  }

  private Devices() {}

  /** All devices, most preferred first; kinds without a backend last. */
  public static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Backend backend : Backends.all()) {
      findings.addAll(findings(backend));
    }
    Arrays.stream(Device.Kind.values())
        .filter(kind -> findings.stream().noneMatch(f -> f.kind() == kind))
        .forEach(kind -> findings.add(new Finding(name(kind), kind, false, absent(kind))));
    return findings;
  }

  private static String absent(Device.Kind kind) {
    return switch (kind) {
      case GPU -> "gluonj-runtime-engine-cuda is not on the class path";
      case CPU -> "gluonj-runtime-engine-cpu is not on the class path";
      case REFERENCE -> "gluonj-runtime-engine-core is damaged: it has no reference backend";
    };
  }

  private static String name(Device.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static List<Finding> findings(Backend backend) {
    if (backend.count() == 0) {
      return List.of(missing(name(backend.kind()), backend.kind(), backend.availability()));
    }
    return IntStream.range(0, backend.count())
        .mapToObj(index -> finding(backend, new Device(backend.kind(), index)))
        .toList();
  }

  /** They serve all devices of a kind, so they are listed with the first. */
  private static String libraries(Backend backend, Device device) {
    return device.index() > 0
        ? ""
        : backend.libraries().stream().map(line -> "\n" + line).collect(Collectors.joining());
  }

  private static Finding missing(String name, Device.Kind kind, Backend.Availability found) {
    return new Finding(name, kind, false, found.detail() + "\nfix: " + found.fix());
  }

  private static Finding finding(Backend backend, Device device) {
    Backend.Availability found = backend.availability(device);
    if (!found.usable()) {
      return missing(device.toString(), device.kind(), found);
    }
    try {
      boolean right = product(device) == 11;
      String limit =
          "memory limit "
              + Bytes.text(backend.memory(device).figures().limit())
              + " (-Dgluonj.memory.limit=BYTES changes it)";
      return new Finding(
          device.toString(),
          device.kind(),
          right,
          found.detail()
              + "\n"
              + limit
              + "\n"
              + (right ? "a matrix product came out right" : "a matrix product came out WRONG")
              + libraries(backend, device));
    } catch (GluonException e) {
      return new Finding(
          device.toString(),
          device.kind(),
          false,
          found.detail() + "\na matrix product failed: " + e.getMessage());
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
