package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.floats;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.backend.cpu.Comparison.map;
import static io.gluonj.types.DType.FLOAT32;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.backend.Kernel;
import io.gluonj.codegen.HostLoops;
import io.gluonj.llvm.Jit;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.Conv;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Window;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuBackendTest {
  private static final LoopNest SQUARES =
      map(
          longs(100_000),
          List.of(access(0, FLOAT32, 0, 1)),
          access(0, FLOAT32, 0, 1),
          Scalar.arg(0).times(Scalar.arg(0)).map(Fn.TANH));

  private static final LoopNest TOTAL =
      new LoopNest(
          List.of(),
          longs(300_001),
          List.of(access(0, FLOAT32, 0, 1)),
          List.of(new Store(access(0, FLOAT32, 0, 0), Scalar.arg(0), Scalar.arg(0))),
          Reduction.SUM);

  @Test
  void backendIsFoundAndSaysWhatItHas() {
    Backend backend = Backends.of(Device.cpu());

    assertThat(backend.availability().usable()).isTrue();
    assertThat(backend.availability().detail()).containsMatch("oneDNN \\d.*LLVM.*\\d+ threads");
    assertThat(Backends.best()).isEqualTo(Device.cpu());
  }

  @Test
  void eagerOperatorsRun() {
    NDArray x = NDArray.of(new float[] {1, 2, 3, 4}, Shape.of(2, 2), Device.cpu());

    assertThat(x.add(x).toFloats()).usingExactEquality().containsExactly(2f, 4f, 6f, 8f).inOrder();
    assertThat(x.dot(x).toFloats())
        .usingExactEquality()
        .containsExactly(7f, 10f, 15f, 22f)
        .inOrder();
  }

  @Test
  void equalNestsShareOneKernel() {
    LoopKernels kernels = new LoopKernels(CpuRuntime.shared());

    assertThat(kernels.kernel(SQUARES, 1)).isSameInstanceAs(kernels.kernel(SQUARES, 1));
  }

  @Test
  void secondStartCompilesNothing(@TempDir Path folder) {
    for (int start = 0; start < 2; start++) {
      try (Jit jit = new Jit(ObjectCache.in(folder))) {
        LoopKernels kernels = new LoopKernels(CpuRuntime.on(jit));
        kernels.kernel(SQUARES, 1);
        kernels.kernel(TOTAL, 1);
        if (start == 0) {
          assertThat(jit.statistics().compiled()).isAtLeast(3);
        } else {
          assertThat(jit.statistics().compiled()).isEqualTo(0);
          assertThat(jit.statistics().fromDisk()).isAtLeast(3);
        }
      }
    }
  }

  @Test
  void resultDoesNotDependOnHowUnitsAreShared() {
    LoopNest columns =
        new LoopNest(
            longs(1000),
            longs(70),
            List.of(access(0, FLOAT32, 0, 1, 1000)),
            List.of(new Store(access(0, FLOAT32, 0, 1, 0), Scalar.arg(0), Scalar.arg(0))),
            Reduction.SUM);
    HostLoops loops = HostLoops.of(columns, 1);
    assertThat(loops.units()).isAtLeast(3);
    // the team's function with its own share of threads, and the whole range at once
    float[] alone = runUnits(loops, 1, 70_000, 1000);
    float[] shared = runUnits(loops, (int) loops.units(), 70_000, 1000);

    assertThat(shared).usingExactEquality().containsExactly(alone).inOrder();
  }

  /** Runs all units, as many ranges as asked for. */
  private static float[] runUnits(HostLoops loops, int ranges, int in, int out) {
    CpuRuntime runtime = CpuRuntime.shared();
    MemorySegment run = runtime.jit().compile(loops.ir()).address(HostLoops.RUN);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = random(arena, in);
      MemorySegment output = arena.allocate(ValueLayout.JAVA_FLOAT, out);
      MemorySegment addresses =
          arena.allocateFrom(ValueLayout.JAVA_LONG, input.address(), output.address());
      for (int i = 0; i < ranges; i++) {
        long begin = loops.units() * i / ranges;
        long end = loops.units() * (i + 1) / ranges;
        call(run, addresses, begin, end, loops.extent());
      }
      return output.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  private static void call(
      MemorySegment run, MemorySegment addresses, long begin, long end, long extent) {
    var type =
        FunctionDescriptor.ofVoid(
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG);
    try {
      Linker.nativeLinker().downcallHandle(run, type).invokeExact(addresses, begin, end, extent);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static MemorySegment random(Arena arena, int n) {
    return new Comparison(31, 0).fill(arena, floats(n), -1, 1);
  }

  @Test
  void eightThreadsRunTheSameKernelsAtOnce() throws Exception {
    Window window = Window.of(longs(5, 5), longs(1, 1), longs(1, 1), longs(0, 0));
    TensorType x = floats(8, 1, 28, 28);
    TensorType w = floats(20, 1, 5, 5);
    TensorType y = floats(8, 20, 24, 24);
    CpuBackend cpu = new CpuBackend();
    List<Kernel> kernels =
        List.of(
            cpu.loops(Device.cpu(), SQUARES, 1),
            cpu.loops(Device.cpu(), TOTAL, 1),
            cpu.library(Device.cpu(), new Conv(window, 1, false), List.of(x, w), List.of(y)));
    List<List<Integer>> sizes =
        List.of(
            List.of(100_000, 100_000), List.of(300_001, 1), List.of(8 * 784, 500, 8 * 20 * 576));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int k = 0; k < kernels.size(); k++) {
        Kernel kernel = kernels.get(k);
        List<Integer> operands = sizes.get(k);
        float[] expected = runRepeatedly(kernel, operands, 1);
        List<Callable<float[]>> tasks =
            IntStream.range(0, 8)
                .<Callable<float[]>>mapToObj(i -> () -> runRepeatedly(kernel, operands, 20))
                .toList();
        for (Future<float[]> result : threads.invokeAll(tasks)) {
          assertThat(result.get()).usingExactEquality().containsExactly(expected).inOrder();
        }
      }
    }
  }

  private static float[] runRepeatedly(Kernel kernel, List<Integer> sizes, int times) {
    try (Arena arena = Arena.ofConfined()) {
      var addresses = new ArrayList<Long>();
      MemorySegment last = MemorySegment.NULL;
      for (int n : sizes) {
        last = random(arena, n);
        addresses.add(last.address());
      }
      if (kernel.scratchBytes() > 0) {
        addresses.add(arena.allocate(kernel.scratchBytes(), 64).address());
      }
      long[] all = addresses.stream().mapToLong(a -> a).toArray();
      for (int i = 0; i < times; i++) {
        kernel.run(all);
      }
      return Comparison.read(last, sizes.getLast());
    }
  }
}
