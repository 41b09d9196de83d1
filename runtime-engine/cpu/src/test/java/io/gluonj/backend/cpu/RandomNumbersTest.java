package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.longs;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Philox;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random numbers are those of the definition to the last bit, on any number of threads. */
final class RandomNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1, 17",
    "42, 1, 3, 5, 7",
    "-1, -2, -3, 100, 1003",
    "1311768467463790320, 8589934593, 2147483647, 3, 65537"
  })
  void drawsAreThoseOfTheDefinition(long seed, long call, int site, long rows, long columns) {
    LoopNest nest =
        new LoopNest(
            longs(rows, 1, columns),
            List.of(),
            List.of(access(0, DType.INT64, 0, 0, 0, 0)),
            List.of(
                new Store(
                    access(0, DType.FLOAT32, 0, columns, columns, 1),
                    new Scalar.Uniform(0, site),
                    Scalar.arg(0))),
            Reduction.NONE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_LONG, seed, call);
      int n = (int) (rows * columns);
      MemorySegment out = arena.allocate(ValueLayout.JAVA_FLOAT, n);
      new CpuBackend().loops(Device.cpu(), nest, 1).run(new long[] {key.address(), out.address()});
      for (int i = 0; i < n; i++) {
        float drawn = out.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        if (drawn != (float) Philox.uniform(seed, call, site, i)) {
          assertThat(drawn).isEqualTo((float) Philox.uniform(seed, call, site, i));
        }
      }
    }
  }
}
