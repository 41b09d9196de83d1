package io.gluonj.backend.cpu;

import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.floats;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.backend.cpu.Comparison.map;
import static io.gluonj.types.DType.FLOAT32;

import io.gluonj.backend.Kernel;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.Conv;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Op;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how long kernels take, in microseconds: the least and the median of many runs. A program,
 * no test. On a machine that others use as well the least is what to look at.
 */
final class KernelBenchmark {
  private static final CpuBackend CPU = new CpuBackend();
  private static final long BUDGET_NANOSECONDS = 300_000_000;

  private KernelBenchmark() {}

  /** Runs all. */
  public static void main(String[] args) {
    System.out.println(CPU.availability().detail());
    pointwise();
    reductions();
    lenet();
    residual();
  }

  private static void pointwise() {
    Scalar tanh = Scalar.arg(0).times(Scalar.arg(1)).plus(Scalar.arg(2)).map(Fn.TANH);
    for (long n : new long[] {8, 1000, 10_000, 100_000, 1_000_000}) {
      elements("tanh(a*b+c) " + n, n, tanh, 3);
    }
    for (Fn fn : List.of(Fn.EXP, Fn.LOG, Fn.ERF, Fn.SIN, Fn.SQRT)) {
      elements(fn + " 1000000", 1_000_000, new Scalar.Unary(fn, Scalar.arg(0)), 1);
    }
    elements("pow 1000000", 1_000_000, new Scalar.Binary(Fn2.POW, Scalar.arg(0), Scalar.arg(1)), 2);
    elements("max(x, 0) 1000000", 1_000_000, Scalar.arg(0).with(Fn2.MAX, Scalar.of(0)), 1);
    nest(
        "transpose 1000x1000",
        map(
            longs(1000, 1000),
            List.of(access(0, FLOAT32, 0, 1, 1000)),
            access(0, FLOAT32, 0, 1000, 1),
            Scalar.arg(0)),
        1_000_000,
        1_000_000);
    nest(
        "bias of 64x20x24x24",
        map(
            longs(64, 20, 576),
            List.of(access(0, FLOAT32, 0, 11520, 576, 1), access(1, FLOAT32, 0, 0, 1, 0)),
            access(0, FLOAT32, 0, 11520, 576, 1),
            Scalar.arg(0).plus(Scalar.arg(1))),
        737_280,
        20,
        737_280);
  }

  private static void elements(String name, long n, Scalar body, int inputs) {
    var loads = new ArrayList<LoopNest.Access>();
    long[] sizes = new long[inputs + 1];
    Arrays.fill(sizes, n);
    for (int i = 0; i < inputs; i++) {
      loads.add(access(i, FLOAT32, 0, 1));
    }
    nest(name, map(longs(n), loads, access(0, FLOAT32, 0, 1), body), sizes);
  }

  private static void reductions() {
    for (long[] size : new long[][] {{64, 10}, {64, 992}, {4096, 512}}) {
      long rows = size[0];
      long columns = size[1];
      String shape = " " + rows + "x" + columns;
      for (Reduction reduction : List.of(Reduction.MAX, Reduction.SUM)) {
        nest(reduction + " of rows" + shape, rows(rows, columns, reduction), rows * columns, rows);
      }
      nest(
          "exp(x - max) / sum" + shape,
          map(
              longs(rows, columns),
              List.of(
                  access(0, FLOAT32, 0, columns, 1),
                  access(1, FLOAT32, 0, 1, 0),
                  access(2, FLOAT32, 0, 1, 0)),
              access(0, FLOAT32, 0, columns, 1),
              Scalar.arg(0).minus(Scalar.arg(1)).map(Fn.EXP).over(Scalar.arg(2))),
          rows * columns,
          rows,
          rows,
          rows * columns);
      nest("SUM of columns" + shape, columns(rows, columns), rows * columns, columns);
    }
    nest("SUM of all 1000000", rows(1, 1_000_000, Reduction.SUM), 1_000_000, 1);
    nest(
        "SUM of channels 64x20x24x24",
        new LoopNest(
            longs(20),
            longs(64, 576),
            List.of(access(0, FLOAT32, 0, 576, 11520, 1)),
            List.of(new Store(access(0, FLOAT32, 0, 1, 0, 0), Scalar.arg(0), Scalar.arg(0))),
            Reduction.SUM),
        737_280,
        20);
  }

  private static LoopNest rows(long rows, long columns, Reduction reduction) {
    return new LoopNest(
        longs(rows),
        longs(columns),
        List.of(access(0, FLOAT32, 0, columns, 1)),
        List.of(new Store(access(0, FLOAT32, 0, 1, 0), Scalar.arg(0), Scalar.arg(0))),
        reduction);
  }

  private static LoopNest columns(long rows, long columns) {
    return new LoopNest(
        longs(columns),
        longs(rows),
        List.of(access(0, FLOAT32, 0, 1, columns)),
        List.of(new Store(access(0, FLOAT32, 0, 1, 0), Scalar.arg(0), Scalar.arg(0))),
        Reduction.SUM);
  }

  private static void lenet() {
    convolution("conv1", 64, 1, 28, 20, 5, 1, 0);
    convolution("conv2", 64, 20, 12, 50, 5, 1, 0);
    Window two = Window.of(longs(2, 2), longs(2, 2), longs(1, 1), longs(0, 0));
    pool("pool1", two, Shape.of(64, 20, 24, 24));
    pool("pool2", two, Shape.of(64, 50, 8, 8));
    product("dense 64x800x128", 64, 128, 800);
    product("dense 64x128x10", 64, 10, 128);
    product("square 1024", 1024, 1024, 1024);
  }

  private static void residual() {
    convolution("3x3 16x64x56x56", 16, 64, 56, 64, 3, 1, 1);
    convolution("3x3 32x128x16x16", 32, 128, 16, 128, 3, 1, 1);
    convolution("1x1 16x64x56x56->256", 16, 64, 56, 256, 1, 1, 0);
    TensorType x = floats(32, 64, 32, 32);
    TensorType c = floats(64);
    library(
        "batch norm 32x64x32x32", new BatchNormTraining(1e-5, false), List.of(x, c, c), x, c, c);
    library(
        "its gradient", new BatchNormTraining.Grad(1e-5, false), List.of(x, c, c, c, x), x, c, c);
  }

  private static void product(String name, long m, long n, long k) {
    TensorType y = floats(m, n);
    library(name, new MatMul(false, true, true), List.of(floats(m, k), floats(n, k), floats(n)), y);
    library(
        name + ", gradient of data",
        new MatMul(false, false, false),
        List.of(y, floats(n, k)),
        floats(m, k));
    library(
        name + ", gradient of weight",
        new MatMul(true, false, false),
        List.of(y, floats(m, k)),
        floats(n, k));
  }

  private static void pool(String name, Window window, Shape data) {
    MaxPool max = new MaxPool(window);
    TensorType x = new TensorType(data, FLOAT32);
    TensorType y = new TensorType(window.output(data, data.dim(1)), FLOAT32);
    TensorType at = new TensorType(y.shape(), DType.UINT8);
    library(name, max, List.of(x), y, at);
    library(name + ", gradient", new MaxPool.Grad(window, data), List.of(y, at), x);
  }

  private static void convolution(
      String name, long batch, long in, long size, long out, long kernel, long stride, long pad) {
    Window window =
        Window.of(longs(kernel, kernel), longs(stride, stride), longs(1, 1), longs(pad, pad));
    TensorType x = floats(batch, in, size, size);
    TensorType w = floats(out, in, kernel, kernel);
    TensorType y = new TensorType(window.output(x.shape(), out), FLOAT32);
    library(name, new Conv(window, 1, true), List.of(x, w, floats(out)), y);
    library(name + ", gradient of data", new Conv.GradData(window, 1, x.shape()), List.of(w, y), x);
    library(
        name + ", gradient of weight", new Conv.GradWeight(window, 1, w.shape()), List.of(x, y), w);
  }

  private static void nest(String name, LoopNest nest, long... sizes) {
    Kernel kernel = CPU.loops(Device.cpu(), nest, sizes.length - 1);
    measure(name, kernel, Arrays.stream(sizes).map(n -> 4 * n).boxed().toList());
  }

  private static void library(String name, Op.Library op, List<TensorType> in, TensorType... out) {
    long start = System.nanoTime();
    Kernel kernel = CPU.library(Device.cpu(), op, in, List.of(out));
    long made = System.nanoTime() - start;
    var sizes = new ArrayList<Long>();
    in.forEach(t -> sizes.add(t.bytes()));
    List.of(out).forEach(t -> sizes.add(t.bytes()));
    measure("%s [made in %d ms] %s".formatted(name, made / 1_000_000, kernel), kernel, sizes);
  }

  private static void measure(String name, Kernel kernel, List<Long> bytes) {
    try (Arena arena = Arena.ofConfined()) {
      var addresses = new ArrayList<Long>();
      for (long size : bytes) {
        MemorySegment memory = new Comparison(1, 0).fill(arena, floats((size + 3) / 4), -1, 1);
        addresses.add(memory.address());
      }
      addresses.add(arena.allocate(kernel.scratchBytes() + 64, 64).address());
      long[] all = addresses.stream().mapToLong(a -> a).toArray();
      long end = System.nanoTime() + BUDGET_NANOSECONDS;
      var times = new ArrayList<Long>();
      while (System.nanoTime() < end) {
        int repeats = times.isEmpty() || times.getLast() > 100_000 ? 1 : 20;
        long start = System.nanoTime();
        for (int i = 0; i < repeats; i++) {
          kernel.run(all);
        }
        times.add((System.nanoTime() - start) / repeats);
      }
      times.sort(null);
      System.out.printf(
          "%10.2f %10.2f  %s%n",
          times.getFirst() / 1000.0, times.get(times.size() / 2) / 1000.0, name);
    }
  }
}
