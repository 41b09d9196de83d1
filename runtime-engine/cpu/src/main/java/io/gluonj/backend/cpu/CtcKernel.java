package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.op.CtcPaths;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The recursions of {@link CtcPaths}, a sequence for each thread. Only states are visited that a
 * path can be in: those it has had the steps to reach, and has the steps left to leave.
 */
final class CtcKernel implements Kernel {
  private static final int PARALLEL = 1 << 12;

  private final CtcPaths op;
  private final List<TensorType> in;
  private final int steps;
  private final int batch;
  private final int classes;
  private final int width;

  CtcKernel(CtcPaths op, List<TensorType> in) {
    this.op = op;
    this.in = List.copyOf(in);
    Shape weights = in.getFirst().shape();
    this.steps = Math.toIntExact(weights.dim(0));
    this.batch = Math.toIntExact(weights.dim(1));
    this.classes = Math.toIntExact(weights.dim(2));
    this.width = Math.toIntExact(in.get(1).shape().dim(1));
  }

  private record Memory(
      MemorySegment weights,
      MemorySegment label,
      MemorySegment steps,
      MemorySegment labels,
      MemorySegment loss,
      MemorySegment shares) {}

  @Override
  public void run(long[] at) {
    Memory memory =
        new Memory(
            HostMemory.view(at[0], in.get(0).bytes()),
            HostMemory.view(at[1], in.get(1).bytes()),
            HostMemory.view(at[2], in.get(2).bytes()),
            HostMemory.view(at[3], in.get(3).bytes()),
            HostMemory.view(at[4], (long) batch * in.getFirst().dtype().bytes()),
            HostMemory.view(at[5], in.getFirst().bytes()));
    IntStream sequences = IntStream.range(0, batch);
    ((long) batch * steps * (2 * width + 1) >= PARALLEL ? sequences.parallel() : sequences)
        .forEach(n -> new Sequence(memory, n).run());
  }

  /** One sequence of the batch. */
  private final class Sequence {
    private final Memory memory;
    private final int n;
    private final int length;
    private final int[] states;
    private final int end;

    Sequence(Memory memory, int n) {
      this.memory = memory;
      this.n = n;
      this.length = (int) Math.clamp(in.get(2).dtype().read(memory.steps(), n), 0, steps);
      int labels = (int) Math.clamp(in.get(3).dtype().read(memory.labels(), n), 0, width);
      this.end = 2 * labels + 1;
      this.states = new int[end];
      Arrays.fill(states, (int) op.blank());
      for (int i = 0; i < labels; i++) {
        states[2 * i + 1] = (int) in.get(1).dtype().read(memory.label(), (long) n * width + i);
      }
    }

    void run() {
      fill(0, steps, 0);
      boolean spellable = Arrays.stream(states).allMatch(label -> label >= 0 && label < classes);
      double[] ways = new double[spellable ? length * end : 0];
      double whole = spellable ? forward(ways) : Double.NaN;
      boolean none = whole == Double.NEGATIVE_INFINITY;
      in.getFirst().dtype().write(memory.loss(), n, none ? 0 : 0 - whole);
      if (Double.isNaN(whole)) {
        fill(0, length, whole);
      } else if (!none) {
        backward(ways, whole);
      }
    }

    private void fill(int from, int to, double value) {
      for (int t = from; t < to; t++) {
        for (int k = 0; k < classes; k++) {
          in.getFirst().dtype().write(memory.shares(), place(t, k), value);
        }
      }
    }

    private long place(int step, int label) {
      return ((long) step * batch + n) * classes + label;
    }

    private double at(int step, int state) {
      return in.getFirst().dtype().read(memory.weights(), place(step, states[state]));
    }

    /** The first state from which the steps left suffice. */
    private int first(int step) {
      return Math.max(0, end - 2 * (length - step));
    }

    /** The state behind the last that the steps so far suffice for. */
    private int behind(int step) {
      return Math.min(end, 2 * (step + 1));
    }

    private boolean jumps(int state) {
      return state >= 2 && (state & 1) == 1 && states[state] != states[state - 2];
    }

    /** Fills in the weight of the ways to each state; gives that of all paths. */
    private double forward(double[] ways) {
      Arrays.fill(ways, Double.NEGATIVE_INFINITY);
      for (int t = 0; t < length; t++) {
        int row = t * end;
        int before = row - end;
        for (int s = first(t); s < behind(t); s++) {
          double sum =
              t == 0
                  ? 0
                  : plus(
                      ways[before + s],
                      s >= 1 ? ways[before + s - 1] : Double.NEGATIVE_INFINITY,
                      jumps(s) ? ways[before + s - 2] : Double.NEGATIVE_INFINITY);
          ways[row + s] = sum + at(t, s);
        }
      }
      if (length == 0) {
        return end == 1 ? 0 : Double.NEGATIVE_INFINITY;
      }
      int last = length * end - 1;
      return end == 1
          ? ways[last]
          : plus(ways[last], ways[last - 1], Double.NEGATIVE_INFINITY);
    }

    /** Goes back from the last step, and writes the share of each class at each step. */
    private void backward(double[] ways, double whole) {
      int[] slots = slots();
      double[] shares = new double[end];
      // the weight of the ways on from each state, its own weight included; two states more
      double[] after = new double[end + 2];
      double[] here = new double[end + 2];
      Arrays.fill(after, Double.NEGATIVE_INFINITY);
      for (int t = length - 1; t >= 0; t--) {
        Arrays.fill(here, Double.NEGATIVE_INFINITY);
        Arrays.fill(shares, 0);
        for (int s = first(t); s < behind(t); s++) {
          boolean jump = s + 2 < end && jumps(s + 2);
          double on =
              t == length - 1
                  ? 0
                  : plus(
                      after[s], after[s + 1], jump ? after[s + 2] : Double.NEGATIVE_INFINITY);
          here[s] = on + at(t, s);
          shares[slots[s]] += Math.exp(ways[t * end + s] + on - whole);
        }
        for (int s = first(t); s < behind(t); s++) {
          in.getFirst().dtype().write(memory.shares(), place(t, states[s]), shares[slots[s]]);
        }
        double[] swap = after;
        after = here;
        here = swap;
      }
    }

    /** For each state the first one of the same class. */
    private int[] slots() {
      int[] first = new int[classes];
      Arrays.fill(first, -1);
      int[] slots = new int[end];
      for (int s = 0; s < end; s++) {
        if (first[states[s]] < 0) {
          first[states[s]] = s;
        }
        slots[s] = first[states[s]];
      }
      return slots;
    }
  }

  /** The logarithm of the sum of numbers given by their logarithms. */
  private static double plus(double a, double b, double c) {
    double high = Math.max(a, Math.max(b, c));
    if (high == Double.NEGATIVE_INFINITY) {
      return high;
    }
    return high + Math.log(part(a - high) + part(b - high) + part(c - high));
  }

  /** The exponential; what is far below the largest part takes no time. */
  private static double part(double below) {
    return below == 0 ? 1 : below < -40 ? 0 : Math.exp(below);
  }
}
