package io.gluonj.backend.cuda;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.Schedule;
import io.gluonj.backend.Storage;
import io.gluonj.backend.Work;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.ArgSort;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.BoxSuppression;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.ScatterAdd;
import io.gluonj.testing.GpuTest;
import io.gluonj.testing.TestDevices;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Library operators at shapes of all kinds on the device at hand, against their definitions. */
@GpuTest
final class LibraryOnDeviceTest {
  private static final long SEED = 33;
  private static final double GUARD = 77;

  private final CudaBackend backend = new CudaBackend();
  private final Device device = TestDevices.gpu();

  @TestFactory
  Stream<DynamicTest> everyCaseAgreesWithTheDefinition() {
    return LibraryCases.all().map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
  }

  private void check(LibraryCases.Case c) {
    try (Arena arena = Arena.ofConfined()) {
      var random = new Random(SEED);
      List<MemorySegment> inputs = c.in().stream().map(t -> fill(arena, random, c, t)).toList();
      List<MemorySegment> expected = results(arena, c.out());
      new ReferenceBackend()
          .library(Device.reference(), c.op(), c.in(), c.out())
          .run(addresses(inputs, expected));
      List<MemorySegment> actual = run(arena, c, inputs);
      var comparison = new KernelComparison(c.tolerance());
      for (int k = 0; k < c.out().size(); k++) {
        comparison.check(
            c + ", output " + k + ", seed " + SEED,
            values(c.out().get(k), actual.get(k)),
            values(c.out().get(k), expected.get(k)));
      }
    }
  }

  private List<MemorySegment> run(Arena arena, LibraryCases.Case c, List<MemorySegment> inputs) {
    Kernel kernel = backend.library(device, c.op(), c.in(), c.out());
    var storages = new ArrayList<Storage>();
    List<MemorySegment> results = results(arena, c.out());
    for (MemorySegment host : Stream.concat(inputs.stream(), results.stream()).toList()) {
      Storage storage = backend.memory(device).allocate(host.byteSize());
      backend.upload(device, host, storage.address());
      storages.add(storage);
    }
    if (kernel.scratchBytes() > 0) {
      storages.add(backend.memory(device).allocate(kernel.scratchBytes()));
    }
    backend
        .schedule(device, List.of(new Schedule.Step(kernel, c.toString(), new Work(0, 0))))
        .run(new long[][] {storages.stream().mapToLong(Storage::address).toArray()});
    for (int k = 0; k < results.size(); k++) {
      backend.download(device, storages.get(inputs.size() + k).address(), results.get(k));
    }
    storages.forEach(Storage::release);
    return results;
  }

  private static MemorySegment fill(
      Arena arena, Random random, LibraryCases.Case c, TensorType type) {
    double low =
        switch (c.op()) {
          case BatchNormTraining.Grad _ -> 0.5;
          case ScatterAdd _, ArgSort _ -> -7;
          case CtcPaths _, RoiPooling _, BoxSuppression _ -> 0;
          default -> -1;
        };
    double high = low == 0.5 ? 2 : low == 0 ? 7 : -low;
    MemorySegment data = arena.allocate(Math.max(8, type.bytes()), 64);
    for (long i = 0; i < type.shape().size(); i++) {
      type.dtype().write(data, i, low + random.nextDouble() * (high - low));
    }
    return data;
  }

  /** Results with a guard behind each, which is compared too. */
  private static List<MemorySegment> results(Arena arena, List<TensorType> types) {
    return types.stream()
        .map(t -> {
          long elements = t.shape().size() + 1;
          MemorySegment memory = arena.allocate(elements * t.dtype().bytes() + 8, 64);
          for (long i = 0; i < elements; i++) {
            t.dtype().write(memory, i, GUARD);
          }
          return memory;
        })
        .toList();
  }

  private static long[] addresses(List<MemorySegment> inputs, List<MemorySegment> results) {
    return LongStream.concat(
            inputs.stream().mapToLong(MemorySegment::address),
            results.stream().mapToLong(MemorySegment::address))
        .toArray();
  }

  private static double[] values(TensorType type, MemorySegment memory) {
    return LongStream.rangeClosed(0, type.shape().size())
        .mapToDouble(i -> type.dtype().read(memory, i))
        .toArray();
  }
}
