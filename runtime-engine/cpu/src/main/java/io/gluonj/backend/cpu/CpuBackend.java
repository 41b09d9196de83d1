package io.gluonj.backend.cpu;

import com.google.auto.service.AutoService;
import io.gluonj.backend.Backend;
import io.gluonj.backend.DeviceMemory;
import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.dnnl.Dnnl;
import io.gluonj.llvm.HostTarget;
import io.gluonj.llvm.Jit;
import io.gluonj.natives.NativeArtifact;
import io.gluonj.natives.NativeLibraries;
import io.gluonj.natives.NativeLibraryException;
import io.gluonj.omp.OpenMp;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Runs operators on the processor: loop nests through LLVM, library operators through oneDNN. */
@AutoService(Backend.class)
public final class CpuBackend implements Backend {
  private static final int PREFERENCE = 10;
  private static final String FIX =
      "run ./gluonj doctor for all findings, or use Device.reference()";

  private static final class Memory {
    /** One pool for each number: cpu:0, cpu:1, … are the same processor with memories apart. */
    static final Map<Device, DeviceMemory> POOLS = new ConcurrentHashMap<>();
  }

  private static final class Kernels {
    static final LoopKernels LOOPS = new LoopKernels(CpuRuntime.shared());
    static final LibraryKernels LIBRARY = new LibraryKernels(CpuRuntime.shared(), LOOPS);
    static final WholeKernels WHOLE = new WholeKernels(CpuRuntime.shared(), LOOPS);
  }

  private static final class Found {
    static final Availability AVAILABILITY = look();

    private static Availability look() {
      try {
        HostTarget target = HostTarget.current();
        return Availability.usable(
            "oneDNN %s%s from %s, LLVM %s for %s with %d-bit vectors from %s, %d threads%s"
                .formatted(
                    Dnnl.version(),
                    Dnnl.fastBfloat16() ? " with bfloat16 instructions" : "",
                    NativeLibraries.system().extract(NativeArtifact.DNNL),
                    Jit.llvmVersion(),
                    target.cpu(),
                    target.vectorBits(),
                    NativeLibraries.system().extract(NativeArtifact.LLVM),
                    OpenMp.shared().threads(),
                    OpenMp.shared().bound() ? " bound to cores" : ""));
      } catch (NativeLibraryException e) {
        return Availability.missing(Objects.requireNonNullElse(e.getMessage(), e.toString()), FIX);
      } catch (RuntimeException | LinkageError e) {
        return Availability.missing(e.toString(), FIX);
      }
    }
  }

  @Override
  public Device.Kind kind() {
    return Device.Kind.CPU;
  }

  @Override
  public Availability availability() {
    return Found.AVAILABILITY;
  }

  @Override
  public int preference() {
    return PREFERENCE;
  }

  @Override
  public DeviceMemory memory(Device device) {
    return Memory.POOLS.computeIfAbsent(device, HostMemory::of);
  }

  @Override
  public Kernel loops(Device device, LoopNest nest, int inputs) {
    return Kernels.LOOPS.kernel(nest, inputs);
  }

  @Override
  public boolean writesInPlace() {
    return true;
  }

  @Override
  public Kernel library(Device device, Op.Library op, List<TensorType> in, List<TensorType> out) {
    return Kernels.LIBRARY.kernel(op, in, out);
  }

  @Override
  public boolean channelsLast() {
    return true;
  }

  @Override
  public boolean runsWhole(Op.Composite op, List<TensorType> in) {
    return WholeKernels.runs(op, in);
  }

  @Override
  public Kernel composite(
      Device device, Op.Composite op, List<TensorType> in, List<TensorType> out) {
    return Kernels.WHOLE.kernel(op, in, out);
  }

  @Override
  public String lowering(Op.Library op) {
    return LibraryKernels.describe(op);
  }

  @Override
  public Kernel custom(Device device, Op.Custom op, List<TensorType> in, List<TensorType> out) {
    return ReferenceBackend.definition(op::reference, in, out);
  }

  @Override
  public void upload(Device device, MemorySegment host, long address) {
    HostMemory.view(address, host.byteSize()).copyFrom(host);
  }

  @Override
  public void download(Device device, long address, MemorySegment host) {
    host.copyFrom(HostMemory.view(address, host.byteSize()));
  }

  @Override
  public void copy(Device from, long source, Device to, long target, long bytes) {
    HostMemory.copy(source, target, bytes);
  }
}
