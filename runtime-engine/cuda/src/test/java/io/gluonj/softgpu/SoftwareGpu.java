package io.gluonj.softgpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the software GPU in the place of NVIDIA's libraries, for the rest of the process.
 *
 * <p>It is on if the environment has {@code SOFTWARE_GPU=1}; {@code SOFTWARE_GPU_DEVICES} (2) and
 * {@code SOFTWARE_GPU_MEMORY} (bytes of each, 512 MiB) say what there is. The stubs are opened
 * before JCuda asks for libraries of their names, and the dynamic linker gives it those that are
 * open.
 */
public final class SoftwareGpu {
  /** Environment variable that turns it on. */
  public static final String SWITCH = "SOFTWARE_GPU";

  private static final long DEFAULT_MEMORY = 512L << 20;

  private static @Nullable SoftwareGpu installed;

  private final SymbolLookup cuda;
  private final Machine machine;

  private SoftwareGpu(SymbolLookup cuda) {
    this.cuda = cuda;
    this.machine =
        new Machine(handle("software_gpu_region", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  }

  /** Whether the environment asks for it. */
  public static boolean wanted() {
    return "1".equals(System.getenv(SWITCH));
  }

  /** Why it cannot be had here; empty if it can. */
  public static String missing() {
    return StubCompiler.missing();
  }

  /**
   * Installs it, once.
   *
   * @throws IllegalStateException if there is no C compiler
   */
  public static synchronized SoftwareGpu install() {
    SoftwareGpu known = installed;
    if (known != null) {
      return known;
    }
    String missing = missing();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(missing);
    }
    try {
      Path folder = folder();
      var compiler = new StubCompiler(folder);
      SymbolLookup cuda = null;
      for (StubLibrary library : StubLibrary.values()) {
        Path file = compiler.compile(library);
        SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
        cuda = cuda == null ? symbols : cuda;
      }
      var gpu = new SoftwareGpu(Objects.requireNonNull(cuda));
      gpu.start();
      installed = gpu;
      return gpu;
    } catch (IOException e) {
      throw new UncheckedIOException("the software GPU cannot be compiled", e);
    }
  }

  private static Path folder() throws IOException {
    Path target = Path.of("target");
    return Files.isDirectory(target)
        ? Files.createDirectories(target.resolve("software-gpu"))
        : Files.createTempDirectory("software-gpu");
  }

  private static long setting(String name, long otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  private void start() {
    int devices = (int) setting("SOFTWARE_GPU_DEVICES", 2);
    long memory = setting("SOFTWARE_GPU_MEMORY", DEFAULT_MEMORY);
    try {
      var _ = handle("software_gpu_configure", null, JAVA_INT, JAVA_LONG).invoke(devices, memory);
      var _ =
          handle("software_gpu_set_machine", null, ADDRESS)
              .invoke(machine.callbacks(Arena.global()));
    } catch (Throwable t) {
      throw new IllegalStateException("the stub throws nothing", t);
    }
  }

  private MethodHandle handle(
      String function, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    return Linker.nativeLinker().downcallHandle(cuda.findOrThrow(function), descriptor);
  }

  /** What went wrong in a kernel last, in words; empty if nothing did. */
  public String lastFault() {
    return machine.lastFault();
  }

  /** Instructions of PTX executed so far. */
  public long executed() {
    return machine.executed();
  }

  /** Launches of kernels so far. */
  public long launches() {
    return machine.launches();
  }

  /** Bytes of a device's memory that are taken. */
  public long used(int device) {
    try {
      return (long) handle("software_gpu_used", JAVA_LONG, JAVA_INT).invoke(device);
    } catch (Throwable t) {
      throw new IllegalStateException("the stub throws nothing", t);
    }
  }

  /** Takes away a fault that no real device forgets, so that other tests can go on. */
  public void heal() {
    try {
      var _ = handle("software_gpu_heal", null).invoke();
    } catch (Throwable t) {
      throw new IllegalStateException("the stub throws nothing", t);
    }
    machine.forget();
  }

  /** A pointer to a function the stub exports, for tests of the stub itself. */
  MemorySegment symbol(String name) {
    return cuda.findOrThrow(name);
  }
}
