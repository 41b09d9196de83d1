package io.gluonj.backend.cuda;

import com.google.auto.service.AutoService;
import io.gluonj.backend.Backend;
import io.gluonj.backend.DeviceMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.backend.Schedule;
import io.gluonj.backend.Storage;
import io.gluonj.codegen.GpuRows;
import io.gluonj.cuda.CudaDiagnosis;
import io.gluonj.cuda.blas.BlasBindings;
import io.gluonj.cuda.dnn.DnnBindings;
import io.gluonj.cuda.nccl.NcclBindings;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNests;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs operators on NVIDIA GPUs. Work is enqueued and done behind the program's back: downloads and
 * {@link #synchronize} wait, nothing else does.
 */
@AutoService(Backend.class)
public final class CudaBackend implements Backend {
  private static final int PREFERENCE = 20;
  private static final int VOLTA = 7;
  private static final int AMPERE = 8;

  private final DeviceSums sums = new DeviceSums();

  @Override
  public Device.Kind kind() {
    return Device.Kind.GPU;
  }

  /** Of {@code gpu:0}, with what was found of the others. */
  @Override
  public Availability availability() {
    List<CudaDiagnosis> all = CudaDiagnosis.all();
    CudaDiagnosis first = all.getFirst();
    String detail = all.stream().map(CudaDiagnosis::detail).collect(Collectors.joining("\n"));
    return first.usable() ? Availability.usable(detail) : Availability.missing(detail, first.fix());
  }

  @Override
  public Availability availability(Device device) {
    CudaDiagnosis found = CudaDiagnosis.of(device.index());
    return found.usable()
        ? Availability.usable(found.detail())
        : Availability.missing(found.detail(), found.fix());
  }

  @Override
  public int count() {
    return CudaDiagnosis.count();
  }

  @Override
  public List<String> libraries() {
    if (CudaDiagnosis.count() == 0) {
      return List.of();
    }
    var lines = new ArrayList<String>(BlasBindings.shared().findings());
    lines.addAll(DnnBindings.shared().findings());
    lines.addAll(NcclBindings.shared().findings());
    return lines;
  }

  @Override
  public int preference() {
    return PREFERENCE;
  }

  @Override
  public DeviceMemory memory(Device device) {
    return CudaDevice.of(device).memory();
  }

  @Override
  public Kernel loops(Device device, LoopNest nest, int inputs) {
    return CudaDevice.of(device).loops(nest, inputs);
  }

  @Override
  public Kernel library(Device device, Op.Library op, List<TensorType> in, List<TensorType> out) {
    return CudaDevice.of(device).library(op, in, out);
  }

  /** Tensor cores multiply float16 from Volta (7.0) on, bfloat16 from Ampere (8.0) on. */
  @Override
  public boolean multipliesFaster(Device device, DType type) {
    int generation = CudaDevice.of(device).gpu().properties().major();
    return (type == DType.FLOAT16 && generation >= VOLTA)
        || (type == DType.BFLOAT16 && generation >= AMPERE);
  }

  @Override
  public String lowering(Op.Library op) {
    return CudaLibrary.describe(op);
  }

  @Override
  public boolean runsWhole(Op.Composite op, List<TensorType> in) {
    return RowNests.of(op, in).isPresent() || RecurrenceKernels.runs(op, in);
  }

  @Override
  public Kernel composite(
      Device device, Op.Composite op, List<TensorType> in, List<TensorType> out) {
    if (RecurrenceKernels.runs(op, in)) {
      return CudaDevice.of(device).recurrence(op, in);
    }
    RowNest nest = RowNests.of(op, in).orElseThrow();
    return CudaDevice.of(device).kernel(GpuRows.of(nest, in.size()));
  }

  @Override
  public Kernel custom(Device device, Op.Custom op, List<TensorType> in, List<TensorType> out) {
    return new CustomKernel(CudaDevice.of(device).gpu(), op, in, out);
  }

  @Override
  public Schedule schedule(Device device, List<Schedule.Step> steps) {
    return new CapturedSchedule(CudaDevice.of(device), steps);
  }

  @Override
  public void upload(Device device, MemorySegment host, long address) {
    CudaDevice.of(device).upload(host, address);
  }

  @Override
  public void download(Device device, long address, MemorySegment host) {
    CudaDevice.of(device).download(address, host);
  }

  @Override
  public void copy(Device from, long source, Device to, long target, long bytes) {
    if (bytes > 0) {
      if (from.equals(to)) {
        CudaDevice.of(from).copy(source, target, bytes);
      } else {
        CudaDevice.of(from).copyTo(CudaDevice.of(to), source, target, bytes);
      }
    }
  }

  @Override
  public boolean sumAcross(List<Storage> parts, List<Storage> totals, TensorType type) {
    return sums.sum(parts, totals, type);
  }

  @Override
  public void synchronize(Device device) {
    CudaDevice.of(device).synchronize();
  }
}
