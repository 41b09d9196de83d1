package io.gluonj.backend.reference;

import com.google.auto.service.AutoService;
import io.gluonj.backend.Backend;
import io.gluonj.backend.DeviceMemory;
import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.op.Reference;
import io.gluonj.op.RowNest;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs every operator by its definition, on the processor, without native code. */
@AutoService(Backend.class)
public final class ReferenceBackend implements Backend {
  private static final Map<Device, DeviceMemory> POOLS = new ConcurrentHashMap<>();

  @Override
  public Device.Kind kind() {
    return Device.Kind.REFERENCE;
  }

  @Override
  public Availability availability() {
    return Availability.usable("plain Java, double precision");
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public DeviceMemory memory(Device device) {
    return POOLS.computeIfAbsent(device, HostMemory::of);
  }

  @Override
  public Kernel loops(Device device, LoopNest nest, int inputs) {
    return new NestInterpreter(nest, inputs);
  }

  @Override
  public Kernel library(Device device, Op.Library op, List<TensorType> in, List<TensorType> out) {
    return definition(op::reference, in, out);
  }

  @Override
  public Kernel custom(Device device, Op.Custom op, List<TensorType> in, List<TensorType> out) {
    return definition(op::reference, in, out);
  }

  /** A kernel in host memory that runs a row nest, with operands as in {@link #loops}. */
  public static Kernel rows(RowNest nest, int inputs) {
    return new RowInterpreter(nest, inputs);
  }

  /** A kernel in host memory that runs an operator's definition. */
  public static Kernel definition(
      Consumer<Reference> definition, List<TensorType> in, List<TensorType> out) {
    return addresses -> {
      var inputs = new ArrayList<double[]>();
      for (int i = 0; i < in.size(); i++) {
        inputs.add(read(in.get(i), addresses[i]));
      }
      var outputs = new ArrayList<double[]>();
      out.forEach(t -> outputs.add(new double[Math.toIntExact(t.shape().size())]));
      definition.accept(new Reference(inputs, in, outputs, out));
      for (int k = 0; k < out.size(); k++) {
        write(out.get(k), addresses[in.size() + k], outputs.get(k));
      }
    };
  }

  private static double[] read(TensorType type, long address) {
    MemorySegment data = HostMemory.view(address, type.bytes());
    double[] values = new double[Math.toIntExact(type.shape().size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.dtype().read(data, i);
    }
    return values;
  }

  private static void write(TensorType type, long address, double[] values) {
    MemorySegment data = HostMemory.view(address, type.bytes());
    for (int i = 0; i < values.length; i++) {
      type.dtype().write(data, i, values[i]);
    }
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
