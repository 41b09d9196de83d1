package io.gluonj.dnnl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Memory for tests, and plain loops to compare with. */
final class Floats {
  private Floats() {}

  static MemorySegment memory(Arena arena, MemoryDesc desc) {
    return arena.allocate(desc.size(), 64);
  }

  static MemorySegment memory(Arena arena, float[] values) {
    MemorySegment memory = arena.allocate((long) values.length * Float.BYTES, 64);
    MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, 0, values.length);
    return memory;
  }

  static float[] read(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_FLOAT);
  }

  static float[] random(long seed, int n) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** Copies {@code memory} of one format to new memory of another. */
  static MemorySegment reorder(Arena arena, MemorySegment memory, MemoryDesc from, MemoryDesc to) {
    MemorySegment copy = memory(arena, to);
    try (Primitive reorder = Primitive.of(new Reorder(from, to));
        Execution execution = reorder.execution()) {
      execution.set(Arg.SRC, memory).set(Arg.DST, copy).run();
    }
    return copy;
  }

  /** (m, k) x (k, n). */
  static float[] product(float[] a, float[] b, int m, int k, int n) {
    float[] c = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += (double) a[i * k + l] * b[l * n + j];
        }
        c[i * n + j] = (float) sum;
      }
    }
    return c;
  }

  /** Convolution of (batch, in, size, size) with (out, in, k, k), step 1. */
  static float[] convolution(
      float[] x, float[] w, float[] bias, int batch, int in, int size, int out, int k, int pad) {
    int o = size + 2 * pad - k + 1;
    float[] y = new float[batch * out * o * o];
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < out; c++) {
        for (int row = 0; row < o; row++) {
          for (int col = 0; col < o; col++) {
            double sum = bias[c];
            for (int i = 0; i < in; i++) {
              for (int kr = 0; kr < k; kr++) {
                for (int kc = 0; kc < k; kc++) {
                  int r = row + kr - pad;
                  int q = col + kc - pad;
                  if (r >= 0 && r < size && q >= 0 && q < size) {
                    sum +=
                        (double) x[((n * in + i) * size + r) * size + q]
                            * w[((c * in + i) * k + kr) * k + kc];
                  }
                }
              }
            }
            y[((n * out + c) * o + row) * o + col] = (float) sum;
          }
        }
      }
    }
    return y;
  }
}
