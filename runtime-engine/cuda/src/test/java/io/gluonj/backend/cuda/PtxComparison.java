package io.gluonj.backend.cuda;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.op.Op;
import io.gluonj.ptx.PtxMachine;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares kernels with the definitions of operators, over random numbers.
 *
 * <p>Kernels run in PTX on a {@link PtxMachine}, which refuses every access outside the operands
 * and fills memory with NaN that nothing has been written to.
 */
final class PtxComparison implements AutoCloseable {
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();

  private final PtxMachine machine = new PtxMachine();
  private final Arena arena = Arena.ofShared();
  private final PtxKernels kernels = new PtxKernels(machine, arena);
  private final Random random = new Random(31);
  private final KernelComparison numbers;
  private double low = -1;
  private double high = 1;

  /**
   * Begins.
   *
   * @param tolerance of a difference relative to 1 + |expected|
   */
  PtxComparison(double tolerance) {
    this.numbers = new KernelComparison(tolerance);
  }

  /** Random inputs come from this range. */
  PtxComparison from(double low, double high) {
    this.low = low;
    this.high = high;
    return this;
  }

  Kernel kernel(GpuKernels generated) {
    return kernels.of(generated);
  }

  Kernel kernel(ConvolutionPlan plan) {
    return kernels.of(plan);
  }

  /** Memory that kernels may touch. */
  MemorySegment allocate(TensorType type) {
    return machine.allocate(type.bytes());
  }

  /** Memory with random values. */
  MemorySegment fill(TensorType type, double from, double to) {
    MemorySegment data = allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      type.dtype().write(data, i, from + random.nextDouble() * (to - from));
    }
    return data;
  }

  /** Runs a kernel and an operator's definition over random inputs. */
  void check(Kernel kernel, Op.Library op, List<TensorType> in, List<TensorType> out) {
    check(kernel, op, in, in.stream().map(t -> fill(t, low, high)).toList(), out);
  }

  /** Runs a kernel and an operator's definition over given inputs. */
  void check(
      Kernel kernel,
      Op.Library op,
      List<TensorType> in,
      List<MemorySegment> inputs,
      List<TensorType> out) {
    Kernel definition = REFERENCE.library(Device.reference(), op, in, out);
    List<double[]> expected = run(definition, inputs, out);
    List<double[]> actual = run(kernel, inputs, out);
    for (int k = 0; k < out.size(); k++) {
      check(op + " of " + in + ", output " + k, actual.get(k), expected.get(k));
    }
  }

  /** Runs a kernel. */
  List<double[]> run(Kernel kernel, List<MemorySegment> inputs, List<TensorType> out) {
    var addresses = new ArrayList<Long>();
    inputs.forEach(i -> addresses.add(i.address()));
    List<MemorySegment> results = out.stream().map(this::allocate).toList();
    results.forEach(r -> addresses.add(r.address()));
    if (kernel.scratchBytes() > 0) {
      addresses.add(machine.allocate(kernel.scratchBytes()).address());
    }
    kernel.run(addresses.stream().mapToLong(a -> a).toArray());
    var values = new ArrayList<double[]>();
    for (int k = 0; k < out.size(); k++) {
      double[] read = new double[Math.toIntExact(out.get(k).shape().size())];
      for (int i = 0; i < read.length; i++) {
        read[i] = out.get(k).dtype().read(results.get(k), i);
      }
      values.add(read);
    }
    return values;
  }

  /** Compares all elements. */
  void check(String what, double[] actual, double[] expected) {
    numbers.check(what, actual, expected);
  }

  @Override
  public void close() {
    machine.close();
    arena.close();
  }
}
