package io.gluonj.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the GPUs of this machine can be used, and if not, what stands in the way and what to do.
 * Asks step by step and stops at the first thing that is missing; never throws and never ends the
 * process.
 *
 * @param usable whether they can be used
 * @param detail what was found, or what is missing
 * @param fix what the user can do; empty where they can be used
 */
public record CudaDiagnosis(boolean usable, String detail, String fix) {
  private static final int OLDEST_DRIVER = 12_000;
  private static final int OLDEST_CAPABILITY = 50;
  private static final String PLATFORM = "linux-x86_64";
  private static final String OTHERWISE = ", or use Device.cpu() (--device cpu)";

  private static final class Found {
    static final LibCuda PROBE = new LibCuda();
    static final CudaDiagnosis DRIVER = driver(PROBE);
    static final int COUNT = DRIVER.usable() ? PROBE.count() : 0;
    static final Map<Integer, CudaDiagnosis> DEVICES = new ConcurrentHashMap<>();
  }

  /** Whether a GPU can be used here; asked of the machine once. */
  public static CudaDiagnosis of(int index) {
    CudaDiagnosis driver = Found.DRIVER;
    return driver.usable()
        ? Found.DEVICES.computeIfAbsent(index, i -> guarded(() -> device(Found.PROBE, i)))
        : driver;
  }

  /** What was found of each GPU, or the one reason why there is none; asked once. */
  public static List<CudaDiagnosis> all() {
    CudaDiagnosis driver = Found.DRIVER;
    if (!driver.usable()) {
      return List.of(driver);
    }
    var all = new ArrayList<CudaDiagnosis>();
    for (int i = 0; i < count(); i++) {
      all.add(of(i));
    }
    return all;
  }

  /** How many GPUs the driver shows; 0 if there is no usable driver. */
  public static int count() {
    return Found.COUNT;
  }

  private interface Step {
    CudaDiagnosis look();
  }

  private static CudaDiagnosis guarded(Step step) {
    try {
      return step.look();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return missing(
          "looking for GPUs failed: " + e, "run ./gluonj doctor and report its output" + OTHERWISE);
    }
  }

  /** Everything that is common to all devices. */
  static CudaDiagnosis driver(DriverProbe probe) {
    return guarded(() -> lookAtDriver(probe));
  }

  private static CudaDiagnosis lookAtDriver(DriverProbe probe) {
    if (!probe.platform().equals(PLATFORM)) {
      return missing(
          "this platform is " + probe.platform() + ", JCuda is built for " + PLATFORM,
          "use a machine with Linux on x86-64" + OTHERWISE);
    }
    String refused = probe.openFailure();
    if (refused != null) {
      return missing(
          "there is no NVIDIA driver: the dynamic linker says '" + refused + "'",
          "install the NVIDIA driver, version 525 or newer; in a container, start it with GPUs"
              + " (docker run --gpus all, with the NVIDIA Container Toolkit)"
              + OTHERWISE);
    }
    int version = probe.version();
    if (version < OLDEST_DRIVER) {
      return missing(
          "the NVIDIA driver is too old: it serves CUDA "
              + GpuProperties.version(version)
              + ", needed is 12.0",
          "install the NVIDIA driver, version 525 or newer" + OTHERWISE);
    }
    List<String> absent = probe.missingFunctions();
    if (!absent.isEmpty()) {
      return missing(
          "libcuda.so.1 lacks "
              + String.join(", ", absent)
              + ", although its driver serves CUDA "
              + GpuProperties.version(version),
          "check which libcuda.so.1 comes first (LD_LIBRARY_PATH) and that it belongs to the"
              + " installed driver"
              + OTHERWISE);
    }
    CudaDiagnosis started = initialized(probe.init(), probe.visibleDevices());
    if (!started.usable()) {
      return started;
    }
    if (probe.count() == 0) {
      return noDevice(probe.visibleDevices());
    }
    String unbound = probe.bindingFailure();
    if (unbound != null) {
      return missing(
          "JCuda could not be loaded: " + unbound,
          "put org.jcuda:jcuda and org.jcuda:jcuda-natives of one version with classifier "
              + PLATFORM
              + " on the class path (the artifact gluonj-runtime-engine-cuda brings them); with"
              + " -D"
              + "gluonj.native.cache=DIR name a folder from which libraries can be loaded"
              + OTHERWISE);
    }
    return new CudaDiagnosis(true, "driver for CUDA " + GpuProperties.version(version), "");
  }

  /** One device of a usable driver. */
  static CudaDiagnosis device(DriverProbe probe, int index) {
    int count = probe.count();
    if (index >= count) {
      return missing(
          "this machine shows "
              + (count == 1 ? "one GPU, gpu:0" : count + " GPUs, gpu:0 to gpu:" + (count - 1))
              + visible(probe.visibleDevices()),
          "use one of them, or let the process see more with CUDA_VISIBLE_DEVICES");
    }
    GpuProperties found = probe.properties(index);
    if (10 * found.major() + found.minor() < OLDEST_CAPABILITY) {
      return missing(
          "gpu:" + index + " is too old: " + found + "; needed is compute capability 5.0",
          "use a GPU of the Maxwell generation or newer" + OTHERWISE);
    }
    return new CudaDiagnosis(true, "gpu:" + index + " " + found, "");
  }

  /** What cuInit returns ({@code CUresult} in {@code cuda.h}). */
  private static CudaDiagnosis initialized(int code, @Nullable String visibleDevices) {
    return switch (code) {
      case 0 -> new CudaDiagnosis(true, "", "");
      case 34 ->
          missing(
              "libcuda.so.1 is the stub of the CUDA toolkit, not a driver (CUDA_ERROR_STUB_LIBRARY)",
              "take the toolkit's folder lib64/stubs out of LD_LIBRARY_PATH" + OTHERWISE);
      case 100, 101 -> noDevice(visibleDevices);
      case 803 ->
          missing(
              "the driver's library and its kernel module have different versions"
                  + " (CUDA_ERROR_SYSTEM_DRIVER_MISMATCH)",
              "restart the machine after the driver was updated; in a container, remove its own"
                  + " libcuda.so.1"
                  + OTHERWISE);
      case 804 ->
          missing(
              "this GPU does not support forward compatibility"
                  + " (CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE)",
              "take the folder of cuda-compat out of LD_LIBRARY_PATH" + OTHERWISE);
      default ->
          missing(
              "the NVIDIA driver does not start: cuInit returned " + code,
              "see what nvidia-smi says; restarting the machine loads the kernel module again"
                  + OTHERWISE);
    };
  }

  private static CudaDiagnosis noDevice(@Nullable String visibleDevices) {
    return missing(
        "the NVIDIA driver sees no GPU" + visible(visibleDevices),
        (visibleDevices == null
                ? "see what nvidia-smi says; in a container, start it with GPUs (docker run --gpus"
                    + " all)"
                : "unset CUDA_VISIBLE_DEVICES, or name a GPU that nvidia-smi lists")
            + OTHERWISE);
  }

  private static String visible(@Nullable String visibleDevices) {
    return visibleDevices == null ? "" : "; CUDA_VISIBLE_DEVICES is '" + visibleDevices + "'";
  }

  private static CudaDiagnosis missing(String detail, String fix) {
    return new CudaDiagnosis(false, detail, fix);
  }
}
