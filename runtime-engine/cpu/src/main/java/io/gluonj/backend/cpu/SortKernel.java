package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.ArgSort;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sorts rows by Java's own sort of keys that hold value and position: the bits of a float32 in an
 * order that integers share, above the position. Wider types are sorted by a comparison.
 */
final class SortKernel implements Kernel {
  private static final int PARALLEL = 1 << 14;

  private final ArgSort op;
  private final TensorType data;

  SortKernel(ArgSort op, TensorType data) {
    this.op = op;
    this.data = data;
  }

  @Override
  public void run(long[] addresses) {
    MemorySegment in = HostMemory.view(addresses[0], data.bytes());
    MemorySegment out = HostMemory.view(addresses[1], data.shape().size() * Long.BYTES);
    IntStream rows = IntStream.range(0, Math.toIntExact(data.shape().dim(0)));
    int n = Math.toIntExact(data.shape().dim(1));
    (data.shape().size() >= PARALLEL ? rows.parallel() : rows)
        .forEach(row -> sort(in, out, row, n));
  }

  private void sort(MemorySegment in, MemorySegment out, int row, int n) {
    long base = (long) row * n;
    long[] order = fits() ? byKey(in, base, n) : byComparison(in, base, n);
    MemorySegment.copy(order, 0, out, ValueLayout.JAVA_LONG, base * Long.BYTES, n);
  }

  /** Whether every value of the type is a float32. */
  private boolean fits() {
    return switch (data.dtype()) {
      case FLOAT32, FLOAT16, BFLOAT16, INT8, UINT8, BOOL -> true;
      case FLOAT64, INT32, INT64 -> false;
    };
  }

  private long[] byKey(MemorySegment in, long base, int n) {
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      float value = (float) data.dtype().read(in, base + i) + 0f;
      int bits = Float.floatToIntBits(value);
      int ordered = bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
      keys[i] = (long) (op.ascending() ? ordered : ~ordered) << 32 | i;
    }
    Arrays.sort(keys);
    for (int i = 0; i < n; i++) {
      keys[i] &= 0xffffffffL;
    }
    return keys;
  }

  private long[] byComparison(MemorySegment in, long base, int n) {
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (i, j) ->
            i.equals(j)
                ? 0
                : op.before(data.dtype().read(in, base + i), i, data.dtype().read(in, base + j), j)
                    ? -1
                    : 1);
    return Arrays.stream(order).mapToLong(i -> i).toArray();
  }
}
