package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.Storage;
import io.gluonj.cuda.CudaDiagnosis;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.nccl.NcclBindings;
import io.gluonj.testing.GpuTest;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Sums across the GPUs of the machine. */
@GpuTest
final class DeviceSumsOnDeviceTest {
  private final CudaBackend backend = new CudaBackend();

  private static int devices() {
    CudaDiagnosis found = CudaDiagnosis.of(0);
    if (!found.usable()) {
      throw new TestAbortedException("no GPU: " + found.detail());
    }
    return Gpu.count();
  }

  private Storage storage(Arena arena, int device, TensorType type, double first) {
    Storage storage = backend.memory(Device.gpu(device)).allocate(type.bytes());
    MemorySegment host = arena.allocate(type.bytes(), 64);
    for (long i = 0; i < type.shape().size(); i++) {
      type.dtype().write(host, i, first + i);
    }
    backend.upload(Device.gpu(device), host, storage.address());
    return storage;
  }

  @Test
  void everyDeviceGetsTheSumOfAll() {
    int n = devices();
    if (n < 2) {
      throw new TestAbortedException("one GPU only");
    }
    TensorType type = TensorType.float32(5, 7);
    try (Arena arena = Arena.ofConfined()) {
      var parts = new ArrayList<Storage>();
      var totals = new ArrayList<Storage>();
      for (int d = n - 1; d >= 0; d--) {
        parts.add(storage(arena, d, type, 100 * d));
        totals.add(storage(arena, d, type, -1));
      }
      if (!backend.sumAcross(parts, totals, type)) {
        throw new TestAbortedException(String.join("; ", NcclBindings.shared().findings()));
      }
      for (Storage total : totals) {
        MemorySegment host = arena.allocate(type.bytes(), 64);
        backend.download(total.device(), total.address(), host);
        for (int i = 0; i < 35; i++) {
          assertThat(host.getAtIndex(ValueLayout.JAVA_FLOAT, i))
              .isEqualTo(100f * n * (n - 1) / 2 + n * i);
        }
      }
      parts.forEach(Storage::release);
      totals.forEach(Storage::release);
    }
  }

  @Test
  void oneDeviceTwiceIsLeftToTheCaller() {
    devices();
    TensorType type = TensorType.float32(3);
    try (Arena arena = Arena.ofConfined()) {
      Storage a = storage(arena, 0, type, 1);
      Storage b = storage(arena, 0, type, 2);
      assertThat(backend.sumAcross(List.of(a, b), List.of(a, b), type)).isFalse();
      a.release();
      b.release();
    }
  }
}
