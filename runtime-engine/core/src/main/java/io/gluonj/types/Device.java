package io.gluonj.types;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where arrays live and kernels run: {@code cpu}, {@code gpu:0}, … or the slow, plain-Java {@code
 * reference} device that defines what the others must compute.
 */
public record Device(Kind kind, int index) {
  /** Kinds of device, with the device type codes of MXNet's files. */
  public enum Kind {
    CPU(1),
    GPU(2),
    REFERENCE(1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** MXNet's device type: 1 cpu, 2 gpu. */
    public int code() {
      return code;
    }
  }

  private static final Device CPU = new Device(Kind.CPU, 0);
  private static final Device REFERENCE = new Device(Kind.REFERENCE, 0);

  public Device {
    if (index < 0) {
      throw new InvalidArgumentException(
          "device index " + index, "devices are numbered from 0", "use 0 for the first device");
    }
  }

  /** The processor, with native kernels. */
  public static Device cpu() {
    return CPU;
  }

  /**
   * The processor under another number: the same cores, but a device of its own, as {@code
   * mx.cpu(1)} is. Training on several devices can be tried out with it.
   */
  public static Device cpu(int index) {
    return new Device(Kind.CPU, index);
  }

  /** The NVIDIA GPU with the given number. */
  public static Device gpu(int index) {
    return new Device(Kind.GPU, index);
  }

  /** Plain Java in double precision: slow, obvious, the definition of every operator. */
  public static Device reference() {
    return REFERENCE;
  }

  /** The reference under another number, as {@link #cpu(int)} is the processor. */
  public static Device reference(int index) {
    return new Device(Kind.REFERENCE, index);
  }

  private static final class Found {
    static final Optional<DeviceProvider> PROVIDER =
        ServiceLoader.load(DeviceProvider.class, Device.class.getClassLoader()).findFirst();
  }

  /** The fastest device that can be used here: a GPU, else the CPU, else the reference. */
  public static Device best() {
    return Found.PROVIDER.map(DeviceProvider::best).orElseGet(Device::reference);
  }

  /**
   * How much of this device's memory is taken now.
   *
   * @throws DeviceException if the device cannot be used here
   */
  public MemoryFigures memory() {
    return provider().memory(this);
  }

  /**
   * Lets {@link MemoryFigures#peak} start anew at what is in use, to measure a part of a program.
   *
   * @throws DeviceException if the device cannot be used here
   */
  public void resetPeakMemory() {
    provider().resetPeakMemory(this);
  }

  private DeviceProvider provider() {
    return Found.PROVIDER.orElseThrow(() ->
        new DeviceException(
            "the memory of " + this + " was asked for",
            "no engine is on the class path",
            "add the Maven artifact gluonj-runtime-engine-core"));
  }

  /** Reads {@code cpu}, {@code cpu:1}, {@code gpu}, {@code gpu:1} or {@code reference}. */
  public static Device parse(String text) {
    return switch (text) {
      case "cpu" -> cpu();
      case "gpu" -> gpu(0);
      case "reference" -> reference();
      case String s when s.matches("gpu:\\d{1,4}") -> gpu(Integer.parseInt(s.substring(4)));
      case String s when s.matches("cpu:\\d{1,4}") -> cpu(Integer.parseInt(s.substring(4)));
      case String s when s.matches("reference:\\d{1,4}") ->
          reference(Integer.parseInt(s.substring(10)));
      default ->
          throw new InvalidArgumentException(
              "device '" + text + "' was asked for",
              "devices are written cpu, cpu:N, gpu:N or reference",
              "write for example cpu or gpu:0");
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case CPU -> index == 0 ? "cpu" : "cpu:" + index;
      case GPU -> "gpu:" + index;
      case REFERENCE -> index == 0 ? "reference" : "reference:" + index;
    };
  }
}
