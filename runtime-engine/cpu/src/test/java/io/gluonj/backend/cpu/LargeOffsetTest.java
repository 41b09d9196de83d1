package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.Backend;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Elements beyond number 2^31, in a file without content that takes no space: the pages that are
 * touched alone exist.
 */
final class LargeOffsetTest {
  private static final long FAR = (1L << 31) + 5;
  private static final Store RESULT = new Store(access(0, 0, 1), Scalar.arg(0), Scalar.arg(0));

  @TempDir Path folder;

  /** A backend with a device, whose kernels take addresses of host memory. */
  record Target(Backend backend, Device device) {
    void run(LoopNest nest, MemorySegment... operands) {
      long[] addresses = Stream.of(operands).mapToLong(MemorySegment::address).toArray();
      backend.loops(device, nest, operands.length - 1).run(addresses);
    }
  }

  static Stream<Target> targets() {
    return Stream.of(
        new Target(new CpuBackend(), Device.cpu()),
        new Target(new ReferenceBackend(), Device.reference()));
  }

  private static Access access(int operand, long offset, long stride) {
    return new Access(operand, DType.FLOAT32, offset, List.of(stride));
  }

  private MemorySegment sparse(Arena arena) throws IOException {
    Path file = folder.resolve("sparse");
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, (2 * FAR + 16) * Float.BYTES, arena);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void stridesBeyondAnIntegerAreFollowed(Target target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment whole = sparse(arena);
      MemorySegment small = arena.allocate(3 * Float.BYTES, 64);
      for (int i = 0; i < 3; i++) {
        whole.setAtIndex(ValueLayout.JAVA_FLOAT, 3 + i * FAR, 7 + i);
      }
      target.run(nest(List.of(3L), access(0, 3, FAR), RESULT), whole, small);
      assertThat(small.toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(new float[] {7, 8, 9});
      Store far = new Store(access(0, 4, FAR), Scalar.arg(0), Scalar.arg(0));
      target.run(nest(List.of(3L), access(0, 0, 1), far), small, whole);
      for (int i = 0; i < 3; i++) {
        assertThat(whole.getAtIndex(ValueLayout.JAVA_FLOAT, 4 + i * FAR)).isEqualTo(7f + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void computedPlacesBeyondAnIntegerAreFound(Target target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment whole = sparse(arena);
      MemorySegment at = arena.allocate(2 * Long.BYTES, 64);
      MemorySegment small = arena.allocate(2 * Float.BYTES, 64);
      at.setAtIndex(ValueLayout.JAVA_LONG, 0, 2 * FAR);
      at.setAtIndex(ValueLayout.JAVA_LONG, 1, 1);
      whole.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * FAR, 5);
      whole.setAtIndex(ValueLayout.JAVA_FLOAT, 1, 6);
      var index = new Index(Scalar.arg(1), 1, 2 * FAR + 1, Bounds.CLIP);
      var found = new Access(0, DType.FLOAT32, 0, List.of(0L), List.of(index));
      var number = new Access(1, DType.INT64, 0, List.of(1L));
      Store store = new Store(access(0, 0, 1), Scalar.arg(0), Scalar.arg(0));
      target.run(
          new LoopNest(
              List.of(2L), List.of(), List.of(found, number), List.of(store), Reduction.NONE),
          whole,
          at,
          small);
      assertThat(small.toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(new float[] {5, 6});
    }
  }

  private static LoopNest nest(List<Long> space, Access load, Store store) {
    return new LoopNest(space, List.of(), List.of(load), List.of(store), Reduction.NONE);
  }
}
