package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gluonj.backend.Backends;
import io.gluonj.backend.DeviceMemory;
import io.gluonj.backend.Schedule;
import io.gluonj.backend.Storage;
import io.gluonj.backend.Work;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.cuda.CudaDiagnosis;
import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.GpuGraph;
import io.gluonj.cuda.GpuModule;
import io.gluonj.llvm.Ptx;
import io.gluonj.op.Infer;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.Reference;
import io.gluonj.op.Vjp;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.testing.GpuTest;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryLimitException;
import io.gluonj.types.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Memory, order of work and graphs of a device. */
@GpuTest
class CudaDeviceTest {
  private static final Device GPU = Device.gpu(0);
  private static final int STAGING = 4 << 20;

  /** Adds one to 1024 values; operands are input and output. */
  private static final String ADD_ONE =
      """
      declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
      define ptx_kernel void @add_one(ptr %in, ptr %out) {
        %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        %from = getelementptr float, ptr %in, i32 %tid
        %to = getelementptr float, ptr %out, i32 %tid
        %value = load float, ptr %from
        %sum = fadd float %value, 1.0
        store float %sum, ptr %to
        ret void
      }
      """;

  private static final int THREADS = 64;
  private static final GpuKernels ONE_MORE =
      new GpuKernels(
          ADD_ONE, List.of(new GpuKernels.Launch("add_one", List.of(0, 1), 1, THREADS)), 0);

  private final CudaDevice device = CudaDevice.of(GPU);

  private Storage storage(float... values) {
    Storage storage = device.memory().allocate((long) values.length * Float.BYTES);
    device.upload(MemorySegment.ofArray(values), storage.address());
    return storage;
  }

  private float[] values(Storage storage) {
    float[] values = new float[(int) (storage.bytes() / Float.BYTES)];
    device.download(storage.address(), MemorySegment.ofArray(values));
    return values;
  }

  private static float[] all(float value) {
    float[] values = new float[THREADS];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void waitingLeavesACaptureOfAnotherThreadAlone() throws Exception {
    Storage from = storage(all(1));
    Storage to = storage(all(0));
    CudaKernel kernel = device.kernel(ONE_MORE);
    device.synchronize();
    var waiting = new FutureTask<Void>(device::synchronize, null);
    var thread = new Thread(waiting);
    Gpu gpu = device.gpu();
    gpu.lock().lock();
    try {
      gpu.compute().beginCapture();
      thread.start();
      while (!waiting.isDone() && !gpu.lock().hasQueuedThread(thread)) {
        Thread.onSpinWait();
      }
      kernel.run(new long[] {from.address(), to.address()});
      try (GpuGraph graph = gpu.compute().endCapture()) {
        gpu.compute().launch(graph);
      }
    } finally {
      gpu.lock().unlock();
    }
    waiting.get();

    assertThat(values(to)).usingExactEquality().containsExactly(all(2)).inOrder();
    from.release();
    to.release();
  }

  @Test
  void arraysOfAnySizeTravelBothWays() {
    long seed = 7;
    var random = new Random(seed);
    for (int bytes :
        new int[] {1, 3, STAGING - 1, STAGING, STAGING + 1, 5 * STAGING, 9 * STAGING + 17}) {
      byte[] sent = new byte[bytes];
      random.nextBytes(sent);
      Storage storage = device.memory().allocate(bytes);
      device.upload(MemorySegment.ofArray(sent), storage.address());
      byte[] received = new byte[bytes];
      device.download(storage.address(), MemorySegment.ofArray(received));
      storage.release();
      assertWithMessage("%s bytes, seed %s", bytes, seed)
          .that(Arrays.equals(sent, received))
          .isTrue();
    }
  }

  @Test
  void whatIsUploadedIntoARecycledBlockDoesNotOvertakeItsLastUser() {
    CudaKernel kernel = device.kernel(ONE_MORE);
    var schedule =
        new CapturedSchedule(device, List.of(new Schedule.Step(kernel, "add", new Work(0, 0))));
    Storage sum = storage(all(0));
    for (int i = 1; i <= 20; i++) {
      Storage input = storage(all(i));
      long recycled = input.address();
      schedule.run(new long[][] {{recycled, sum.address()}});
      input.release();
      Storage next = storage(all(1000 + i));
      assertThat(next.address()).isEqualTo(recycled);
      device.gpu().copies().synchronize(); // the copy is done as early as it may be
      assertThat(values(sum)).isEqualTo(all(i + 1));
      assertThat(values(next)).isEqualTo(all(1000 + i));
      next.release();
    }
    sum.release();
  }

  @Test
  void aBlockReleasedBeforeItsUploadWasUsedIsNotWrittenByItLater() {
    CudaKernel kernel = device.kernel(ONE_MORE);
    var schedule =
        new CapturedSchedule(device, List.of(new Schedule.Step(kernel, "add", new Work(0, 0))));
    Storage source = storage(all(5));
    assertThat(values(source)).isEqualTo(all(5));
    long half = (long) THREADS * Float.BYTES;
    for (int i = 0; i < 20; i++) {
      Storage unused = storage(new float[2 * THREADS]);
      long recycled = unused.address();
      unused.release();
      Storage plan = device.memory().allocate(2 * half);
      assertThat(plan.address()).isEqualTo(recycled);
      schedule.run(new long[][] {{source.address(), plan.address() + half}});
      device.gpu().compute().synchronize();
      device.gpu().copies().synchronize(); // the copy is done as late as it may be
      assertThat(Arrays.copyOfRange(values(plan), THREADS, 2 * THREADS)).isEqualTo(all(6));
      plan.release();
    }
    source.release();
  }

  @Test
  void equalAddressesAreReplayedAsAGraphWithEqualResults() {
    CudaKernel kernel = device.kernel(ONE_MORE);
    var schedule =
        new CapturedSchedule(
            device, Collections.nCopies(4, new Schedule.Step(kernel, "add", new Work(0, 0))));
    Storage x = storage(all(0));
    Storage y = storage(all(0));
    for (int i = 1; i <= 6; i++) {
      schedule.run(
          new long[][] {
            {x.address(), y.address()},
            {y.address(), x.address()},
            {x.address(), y.address()},
            {y.address(), x.address()}
          });
      assertThat(values(x)).isEqualTo(all(4 * i));
      assertThat(values(y)).isEqualTo(all(4 * i - 1));
    }
    assertThat(schedule.captures()).isEqualTo(1);
    assertThat(schedule.replays()).isEqualTo(5);
    x.release();
    y.release();
  }

  @Test
  void aGraphSeesWhatWasUploadedBetweenItsRuns() {
    CudaKernel kernel = device.kernel(ONE_MORE);
    var schedule =
        new CapturedSchedule(
            device, Collections.nCopies(3, new Schedule.Step(kernel, "add", new Work(0, 0))));
    Storage y = storage(all(0));
    for (int i = 1; i <= 6; i++) {
      Storage x = storage(all(i));
      long[] step = {x.address(), y.address()};
      schedule.run(new long[][] {step, step, step});
      x.release();
      assertThat(values(y)).isEqualTo(all(i + 1));
    }
    assertThat(schedule.replays()).isEqualTo(5);
    y.release();
  }

  @Test
  void aScheduleWithAUsersOperatorIsNotCaptured() {
    var op = new Twice();
    NDArray x = NDArray.of(new float[] {1, 2, 3}, Shape.of(3), GPU);
    NDArray y = (NDArray) Ops.call(op, x);
    assertThat(y.toFloats()).isEqualTo(new float[] {2, 4, 6});
    var kernel = new CustomKernel(device.gpu(), op, List.of(x.type()), List.of(y.type()));
    var schedule =
        new CapturedSchedule(
            device, Collections.nCopies(3, new Schedule.Step(kernel, "twice", new Work(0, 0))));
    Storage in = storage(1, 2, 3);
    Storage out = storage(0, 0, 0);
    for (int i = 0; i < 3; i++) {
      schedule.run(
          Collections.nCopies(3, new long[] {in.address(), out.address()}).toArray(long[][]::new));
    }
    assertThat(values(out)).isEqualTo(new float[] {2, 4, 6});
    assertThat(schedule.captures()).isEqualTo(0);
  }

  /** An operator of a user, who states only its definition. */
  private record Twice() implements Op.Custom {
    static final OpSchema<Twice> SCHEMA =
        OpSchema.internal(new Twice(), "_test_twice")
            .inputs("data")
            .sample(new Twice(), Shape.of(2, 3));

    @Override
    public OpSchema<?> schema() {
      return SCHEMA;
    }

    @Override
    public void infer(Infer s) {
      s.out(0, s.in(0), "each value is doubled");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "no gradient is needed here");
    }

    @Override
    public void reference(Reference r) {
      for (int i = 0; i < r.in(0).length; i++) {
        r.out(0)[i] = 2 * r.in(0)[i];
      }
    }
  }

  @Test
  void arraysAreCopiedWithinADeviceAndToAnother() {
    Storage x = storage(1, 2, 3);
    Storage same = storage(0, 0, 0);
    Backends.copy(x, same);
    assertThat(values(same)).isEqualTo(new float[] {1, 2, 3});
    assumeTrue(CudaDiagnosis.count() > 1, "there is one GPU");
    CudaDevice other = CudaDevice.of(Device.gpu(1));
    for (int i = 0; i < 5; i++) {
      Storage there = other.memory().allocate(x.bytes());
      Backends.copy(x, there);
      Storage back = storage(0, 0, 0);
      Backends.copy(there, back);
      assertThat(values(back)).isEqualTo(new float[] {1, 2, 3});
      there.release();
      back.release();
    }
  }

  @Test
  void severalThreadsMayUseADevice() throws InterruptedException {
    CudaKernel kernel = device.kernel(ONE_MORE);
    var failures = Collections.synchronizedList(new ArrayList<Throwable>());
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      float start = 100 * t;
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failures.add(e))
              .start(() -> {
                var schedule =
                    new CapturedSchedule(
                        device,
                        Collections.nCopies(3, new Schedule.Step(kernel, "add", new Work(0, 0))));
                for (int i = 0; i < 20; i++) {
                  Storage x = storage(all(start + i));
                  long[] inPlace = {x.address(), x.address()};
                  schedule.run(new long[][] {inPlace, inPlace, inPlace});
                  assertThat(values(x)).isEqualTo(all(start + i + 3));
                  x.release();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void exhaustedMemoryIsAnExceptionOfThePool() {
    DeviceMemory memory = device.memory();
    assertThrows(MemoryLimitException.class, () -> memory.allocate(1L << 50));
    assertThat(device.gpu().allocate(1L << 50)).isEqualTo(0);
    Storage small = storage(1);
    assertThat(values(small)).isEqualTo(new float[] {1});
    small.release();
  }

  @Test
  void whatTheDriverDoesNotLoadIsReportedWithWhatItsCompilerSays() {
    CudaException e = assertThrows(CudaException.class, () -> device.gpu().load("this is not PTX"));
    assertThat(e).hasMessageThat().contains("cuModuleLoadDataEx");
    assertThat(e).hasMessageThat().contains("whose compiler says");
  }

  @Test
  void aLoadedKernelStatesWhatItUses() {
    try (GpuModule module = device.gpu().load(Ptx.compile(ADD_ONE, device.architecture()))) {
      assertThat(module.function("add_one").name()).isEqualTo("add_one");
      assertThat(module.function("add_one").maxThreads()).isAtLeast(32);
      assertThat(module.function("add_one").registers()).isAtLeast(0);
      assertThat(module.function("add_one").localBytes()).isEqualTo(0);
      CudaException e = assertThrows(CudaException.class, () -> module.function("absent"));
      assertThat(e).hasMessageThat().contains("'absent'");
    }
  }
}
