package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.op.Op;
import io.gluonj.ptx.PtxMachine;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares kernels with the definitions of operators, over random numbers.
 *
 * <p>Kernels run in PTX on a {@link PtxMachine}, which refuses every access outside the operands and
 * fills memory with NaN that nothing has been written to.
 */
final class KernelComparison implements AutoCloseable {
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();

  private final PtxMachine machine = new PtxMachine();
  private final Random random = new Random(31);
  private final double tolerance;
  private double low = -1;
  private double high = 1;

  /**
   * Begins.
   *
   * @param tolerance of a difference relative to 1 + |expected|
   */
  KernelComparison(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Random values come from this range. */
  KernelComparison from(double low, double high) {
    this.low = low;
    this.high = high;
    return this;
  }

  static TensorType floats(long... dims) {
    return new TensorType(Shape.of(dims), DType.FLOAT32);
  }

  Kernel kernel(GpuKernels kernels) {
    return PtxKernels.of(machine, kernels);
  }

  Kernel kernel(ConvolutionPlan plan) {
    return PtxKernels.of(machine, plan);
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
    assertWithMessage(what).that(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      if (!close(actual[i], expected[i])) {
        assertWithMessage(
                "%s: element %s of %s is %s, expected %s",
                what, i, actual.length, actual[i], expected[i])
            .fail();
      }
    }
  }

  private boolean close(double actual, double expected) {
    return Double.compare(actual, expected) == 0
        || actual == expected
        || Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
  }

  @Override
  public void close() {
    machine.close();
  }
}
