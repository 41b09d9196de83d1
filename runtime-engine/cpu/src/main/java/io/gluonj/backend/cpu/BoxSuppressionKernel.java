package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.BoxSuppression;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** {@link BoxSuppression}, a list of boxes for each thread; boxes that are out are not met again. */
final class BoxSuppressionKernel implements Kernel {
  private static final int PARALLEL = 1 << 7;

  private final BoxSuppression op;
  private final List<TensorType> in;
  private final int n;

  BoxSuppressionKernel(BoxSuppression op, List<TensorType> in) {
    this.op = op;
    this.in = List.copyOf(in);
    this.n = Math.toIntExact(in.getFirst().shape().dim(1));
  }

  @Override
  public void run(long[] at) {
    long batch = in.getFirst().shape().dim(0);
    MemorySegment[] operands = new MemorySegment[4];
    for (int i = 0; i < 3; i++) {
      operands[i] = HostMemory.view(at[i], in.get(i).bytes());
    }
    operands[3] = HostMemory.view(at[3], batch * n * in.getFirst().dtype().bytes());
    IntStream lists = IntStream.range(0, Math.toIntExact(batch));
    (n >= PARALLEL ? lists.parallel() : lists).forEach(list -> suppress(operands, list));
  }

  private void suppress(MemorySegment[] operands, int list) {
    double[] boxes = values(operands, 0, list, 4 * n);
    double[] group = values(operands, 1, list, n);
    double[] candidates = values(operands, 2, list, n);
    int[] left = IntStream.range(0, n).filter(i -> candidates[i] != 0).toArray();
    double[] remains = new double[n];
    int count = left.length;
    while (count > 0) {
      int best = left[0];
      remains[best] = 1;
      int kept = 0;
      for (int k = 1; k < count; k++) {
        int other = left[k];
        if (group[best] != group[other]
            || !(BoxSuppression.overlap(boxes, best, other) > op.threshold())) {
          left[kept++] = other;
        }
      }
      count = kept;
    }
    for (int i = 0; i < n; i++) {
      in.getFirst().dtype().write(operands[3], (long) list * n + i, remains[i]);
    }
  }

  private double[] values(MemorySegment[] operands, int input, int list, int length) {
    double[] values = new double[length];
    Arrays.setAll(
        values, i -> in.get(input).dtype().read(operands[input], (long) list * length + i));
    return values;
  }
}
