package io.gluonj.backend;

import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The backends on the class path. */
public final class Backends {
  private static final class Found {
    static final Map<Device.Kind, Backend> BY_KIND = find();

    private static Map<Device.Kind, Backend> find() {
      var found = new EnumMap<Device.Kind, Backend>(Device.Kind.class);
      for (Backend backend : ServiceLoader.load(Backend.class, Backend.class.getClassLoader())) {
        found.put(backend.kind(), backend);
      }
      return found;
    }
  }

  private Backends() {}

  /** All backends, most preferred first. */
  public static List<Backend> all() {
    return Found.BY_KIND.values().stream()
        .sorted(Comparator.comparingInt(Backend::preference).reversed())
        .toList();
  }

  /** The device of the most preferred usable backend. */
  public static Device best() {
    return all().stream()
        .filter(b -> b.availability().usable())
        .findFirst()
        .map(b -> new Device(b.kind(), 0))
        .orElseGet(Device::reference);
  }

  /**
   * The backend of a device.
   *
   * @throws DeviceException if it is not on the class path or cannot be used here, with the reason
   */
  public static Backend of(Device device) {
    Backend backend = Found.BY_KIND.get(device.kind());
    if (backend == null) {
      throw new DeviceException(
          "device " + device + " was asked for",
          "no backend for it is on the class path",
          switch (device.kind()) {
            case GPU ->
                "add the Maven artifact gluonj-runtime-engine-cuda, or use Device.cpu() or"
                    + " Device.reference()";
            case CPU -> "add the Maven artifact gluonj-runtime-engine-cpu, or Device.reference()";
            case REFERENCE -> "add the Maven artifact gluonj-runtime-engine-core";
          });
    }
    Backend.Availability availability = backend.availability(device);
    if (!availability.usable()) {
      throw new DeviceException(
          "device " + device + " was asked for", availability.detail(), availability.fix());
    }
    return backend;
  }

  /** Copies between storages of equal size, wherever they lie. */
  public static void copy(Storage source, Storage target) {
    Device from = source.device();
    Device to = target.device();
    long bytes = source.bytes();
    if (bytes == 0) {
      return;
    }
    if (from.kind() == to.kind()) {
      of(from).copy(from, source.address(), to, target.address(), bytes);
    } else {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment host = arena.allocate(bytes);
        of(from).download(from, source.address(), host);
        of(to).upload(to, host, target.address());
      }
    }
  }
}
