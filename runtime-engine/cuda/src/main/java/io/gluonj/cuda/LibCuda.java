package io.gluonj.cuda;

import io.gluonj.natives.DynamicLinker;
import io.gluonj.natives.NativeLibraryException;
import io.gluonj.natives.Platform;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the driver's library before JCuda does. JCuda's native half is linked with it: where it
 * is missing, JCuda says so in a page of stack traces, and where a function is missing, the dynamic
 * linker ends the process at the first call.
 */
final class LibCuda implements DriverProbe {
  private static final String LIBRARY = "libcuda.so.1";

  /** What this package calls through JCuda. */
  private static final List<String> FUNCTIONS =
      List.of(
          "cuInit",
          "cuDriverGetVersion",
          "cuGetErrorName",
          "cuGetErrorString",
          "cuDeviceGetCount",
          "cuDeviceGet",
          "cuDeviceGetName",
          "cuDeviceGetAttribute",
          "cuDeviceTotalMem_v2",
          "cuDeviceCanAccessPeer",
          "cuDevicePrimaryCtxRetain",
          "cuCtxSetCurrent",
          "cuCtxEnablePeerAccess",
          "cuMemAlloc_v2",
          "cuMemFree_v2",
          "cuMemAllocAsync",
          "cuMemFreeAsync",
          "cuMemGetInfo_v2",
          "cuMemHostAlloc",
          "cuMemFreeHost",
          "cuMemcpyHtoDAsync_v2",
          "cuMemcpyDtoHAsync_v2",
          "cuMemcpyDtoDAsync_v2",
          "cuMemcpyPeerAsync",
          "cuMemsetD8Async",
          "cuModuleLoadDataEx",
          "cuModuleGetFunction",
          "cuModuleUnload",
          "cuFuncGetAttribute",
          "cuLaunchKernel",
          "cuStreamCreate",
          "cuStreamSynchronize",
          "cuStreamWaitEvent",
          "cuStreamBeginCapture_v2",
          "cuStreamEndCapture",
          "cuEventCreate",
          "cuEventRecord",
          "cuEventQuery",
          "cuEventSynchronize",
          "cuEventElapsedTime",
          "cuEventDestroy_v2",
          "cuGraphInstantiateWithFlags",
          "cuGraphLaunch",
          "cuGraphDestroy",
          "cuGraphExecDestroy");

  private @Nullable SymbolLookup symbols;

  @Override
  public String platform() {
    return Platform.current().classifier();
  }

  @Override
  public @Nullable String openFailure() {
    try {
      symbols = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
      return null;
    } catch (IllegalArgumentException refused) {
      return DynamicLinker.reason(Path.of(LIBRARY));
    }
  }

  private SymbolLookup symbols() {
    return Objects.requireNonNull(symbols, "the library is opened first");
  }

  @Override
  public List<String> missingFunctions() {
    return FUNCTIONS.stream().filter(name -> symbols().find(name).isEmpty()).toList();
  }

  @Override
  public int init() {
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(
                  symbols().findOrThrow("cuInit"),
                  FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
              .invokeExact(0);
    } catch (Throwable t) {
      throw new AssertionError("cuInit throws no Java exceptions", t);
    }
  }

  @Override
  public int version() {
    return number("cuDriverGetVersion");
  }

  @Override
  public int count() {
    return number("cuDeviceGetCount");
  }

  /** A function that writes one int; 0 if it fails. */
  private int number(String function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      int code =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      symbols().findOrThrow(function),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                  .invokeExact(value);
      return code == 0 ? value.get(ValueLayout.JAVA_INT, 0) : 0;
    } catch (Throwable t) {
      throw new AssertionError(function + " throws no Java exceptions", t);
    }
  }

  @Override
  public @Nullable String visibleDevices() {
    return System.getenv("CUDA_VISIBLE_DEVICES");
  }

  @Override
  public @Nullable String bindingFailure() {
    try {
      Cuda.start();
      return null;
    } catch (NativeLibraryException | CudaException | LinkageError e) {
      return firstLine(e);
    }
  }

  /** JCuda's message holds stack traces; what the dynamic linker said stands in them. */
  private static String firstLine(Throwable e) {
    Throwable origin =
        e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
    String text = String.valueOf(origin.getMessage());
    return text.lines()
        .filter(
            line -> line.contains("UnsatisfiedLinkError:") && !line.contains("java.library.path"))
        .findFirst()
        .map(String::strip)
        .orElseGet(() -> origin.getClass().getSimpleName() + ": " + text);
  }

  @Override
  public GpuProperties properties(int index) {
    return DeviceQuery.properties(index);
  }
}
