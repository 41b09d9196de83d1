package io.gluonj.cuda.blas;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.cuda.CudaDiagnosis;
import io.gluonj.cuda.Gpu;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.opentest4j.TestAbortedException;

/** Operands of a test on the first GPU; skips the test with the reason where there is none. */
public final class DeviceData implements AutoCloseable {
  /** Written behind every operand, to notice what writes too far. */
  private static final double GUARD = 77;

  private record Block(long address, long bytes) {}

  private final Gpu gpu;
  private final long seed;
  private final Random random;
  private final List<Block> blocks = new ArrayList<>();

  private DeviceData(Gpu gpu, long seed) {
    this.gpu = gpu;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Begins on the first GPU. */
  public static DeviceData open(long seed) {
    CudaDiagnosis found = CudaDiagnosis.of(0);
    if (!found.usable()) {
      throw new TestAbortedException("no GPU: " + found.detail());
    }
    return new DeviceData(Gpu.of(0), seed);
  }

  public Gpu gpu() {
    return gpu;
  }

  /** Values that the type can hold. */
  public double[] random(TensorType type) {
    double[] values = new double[(int) type.shape().size()];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rounded = arena.allocate(8);
      for (int i = 0; i < values.length; i++) {
        type.dtype().write(rounded, 0, random.nextDouble() * 2 - 1);
        values[i] = type.dtype().read(rounded, 0);
      }
    }
    return values;
  }

  /** Memory of so many bytes. */
  public long place(long bytes) {
    long size = Math.max(bytes, 256);
    long address = gpu.allocate(size);
    blocks.add(new Block(address, size));
    return address;
  }

  /** An operand full of guards. */
  public long place(TensorType type) {
    double[] values = new double[(int) type.shape().size()];
    java.util.Arrays.fill(values, GUARD);
    return place(type, values);
  }

  /** An operand with these values, and a guard behind them. */
  public long place(TensorType type, double[] values) {
    DType dtype = type.dtype();
    long bytes = (values.length + 1L) * dtype.bytes();
    long address = place(bytes);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(bytes, 64);
      for (int i = 0; i < values.length; i++) {
        dtype.write(host, i, values[i]);
      }
      dtype.write(host, values.length, GUARD);
      gpu.compute().copyIn(host.address(), address, bytes);
      gpu.compute().synchronize();
    }
    return address;
  }

  /** Compares a result on the device. */
  public void check(String what, TensorType type, long address, double[] expected) {
    DType dtype = type.dtype();
    long bytes = (expected.length + 1L) * dtype.bytes();
    double tolerance =
        switch (dtype) {
          case FLOAT64 -> 1e-12;
          case FLOAT16 -> 4e-3;
          case BFLOAT16 -> 3e-2;
          default -> 1e-5; // sums of some hundred products below 1 in float32
        };
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(bytes, 64);
      gpu.compute().copyOut(address, host.address(), bytes);
      gpu.compute().synchronize();
      for (int i = 0; i < expected.length; i++) {
        double actual = dtype.read(host, i);
        double bound = tolerance * (1 + Math.abs(expected[i]));
        assertWithMessage("%s: element %s of %s, seed %s", what, i, type, seed)
            .that(actual)
            .isWithin(bound)
            .of(expected[i]);
      }
      assertWithMessage("%s: behind %s", what, type)
          .that(dtype.read(host, expected.length))
          .isEqualTo(GUARD);
    }
  }

  /** The one output of a kernel that runs on host memory. */
  public static double[] run(
      Kernel kernel, List<TensorType> in, List<double[]> values, TensorType out) {
    try (Arena arena = Arena.ofConfined()) {
      long[] addresses = new long[in.size() + 1];
      for (int k = 0; k < in.size(); k++) {
        MemorySegment host = arena.allocate(Math.max(8, in.get(k).bytes()), 64);
        for (int i = 0; i < values.get(k).length; i++) {
          in.get(k).dtype().write(host, i, values.get(k)[i]);
        }
        addresses[k] = host.address();
      }
      MemorySegment result = arena.allocate(Math.max(8, out.bytes()), 64);
      addresses[in.size()] = result.address();
      kernel.run(addresses);
      double[] read = new double[(int) out.shape().size()];
      for (int i = 0; i < read.length; i++) {
        read[i] = out.dtype().read(result, i);
      }
      return read;
    }
  }

  @Override
  public void close() {
    blocks.forEach(b -> gpu.free(b.address(), b.bytes()));
  }
}
