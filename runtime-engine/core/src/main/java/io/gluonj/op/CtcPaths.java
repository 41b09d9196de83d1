package io.gluonj.op;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.AutogradException;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.Arrays;

/**
 * The negative logarithm of the summed weight of all paths that spell a label, by the forward and
 * backward recursions of connectionist temporal classification (Graves et al., ICML 2006) over
 * logarithms.
 *
 * <p>A path visits, one at each step, the states of a label's trellis: blank, label 0, blank, label
 * 1, …, blank. It begins in one of the first two and ends in one of the last two; it stays, goes on
 * to the next state, or leaves out a blank between two different labels.
 *
 * <p>Inputs: the logarithms of the classes' weights (steps, batch, classes), labels (batch, n) and
 * the steps and labels that count in each sequence, both (batch), cut off at their axes. Outputs:
 * the loss (batch), and how much of the weight is on paths that visit a class at a step (steps,
 * batch, classes), which is the loss's gradient with the sign changed.
 *
 * <p>Where no path spells the label, both are 0; where a label is no class, both are NaN.
 *
 * @param blank the class of the states between labels
 */
public record CtcPaths(long blank) implements Op.Library {
  private static final int WEIGHTS = 0;
  private static final int LABEL = 1;
  private static final int STEPS = 2;
  private static final int LABELS = 3;

  static final OpSchema<CtcPaths> SCHEMA =
      OpSchema.internal(new CtcPaths(0), "_ctc_paths")
          .inputs("weights", "label", "steps", "labels")
          .sample(
              new CtcPaths(0),
              new SampleInput(TensorType.float32(5, 3, 4), -3, 0),
              whole(1, 3.99, 3, 2),
              whole(3, 5.99, 3),
              whole(0, 2.99, 3))
          .sample(
              new CtcPaths(2),
              new SampleInput(TensorType.float32(4, 4, 3), -3, 0),
              whole(0, 1.99, 4, 3),
              whole(1, 5.99, 4),
              whole(1, 3.99, 4));

  private static SampleInput whole(double low, double high, long... dims) {
    return new SampleInput(new TensorType(Shape.of(dims), DType.INT32), low, high);
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public int visibleOutputs() {
    return 1;
  }

  @Override
  public void infer(Infer s) {
    Shape weights = s.in(WEIGHTS);
    if (!weights.hasRank()) {
      return;
    }
    if (weights.rank() != 3) {
      throw s.error(
          "weights of rank " + weights.rank(),
          "there is one for each class at each step of each sequence",
          "pass weights of shape (steps, batch, classes)");
    }
    Shape batch = Shape.of(weights.dim(1));
    s.in(LABEL, Shape.of(weights.dim(1), Shape.UNKNOWN), "a row of labels for each sequence");
    s.in(STEPS, batch, "one number of steps for each sequence");
    s.in(LABELS, batch, "one number of labels for each sequence");
    s.out(0, batch, "there is one loss for each sequence");
    s.out(1, weights, "each weight has its share");
    s.dtype(0, s.dtype(WEIGHTS));
    s.dtype(1, s.dtype(WEIGHTS));
  }

  @Override
  public void vjp(Vjp g) {
    if (g.used(1)) {
      throw new AutogradException(
          "a second derivative through the CTC loss was asked for",
          "its gradient is made by a kernel that has no gradient of its own",
          "leave the CTC loss out of what is differentiated twice");
    }
    g.grad(
        WEIGHTS,
        () -> {
          Tensor heads = g.dy().neg().reshapeTo(Shape.of(1, g.dy().shape().dim(0), 1));
          return g.out(1).mul(heads);
        });
    for (int i = LABEL; i <= LABELS; i++) {
      g.none(i, "labels and lengths are given, not computed");
    }
  }

  @Override
  public void reference(Reference r) {
    for (int n = 0; n < r.inShape(WEIGHTS).dim(1); n++) {
      Trellis trellis = trellis(r, n);
      double whole = trellis.spellable() ? trellis.weight() : Double.NaN;
      r.out(0)[n] = whole == Double.NEGATIVE_INFINITY ? 0 : 0 - whole;
      if (whole != Double.NEGATIVE_INFINITY) {
        trellis.shares(whole, r.out(1));
      }
    }
  }

  private Trellis trellis(Reference r, int n) {
    Shape weights = r.inShape(WEIGHTS);
    int width = (int) r.inShape(LABEL).dim(1);
    int labels = (int) Math.clamp(r.in(LABELS)[n], 0, width);
    int[] states = new int[2 * labels + 1];
    Arrays.fill(states, (int) blank);
    for (int i = 0; i < labels; i++) {
      states[2 * i + 1] = (int) r.in(LABEL)[n * width + i];
    }
    int steps = (int) Math.clamp(r.in(STEPS)[n], 0, weights.dim(0));
    int batch = (int) weights.dim(1);
    return new Trellis(r.in(WEIGHTS), states, steps, batch, n, (int) weights.dim(2));
  }

  /** The states of one sequence. */
  private record Trellis(
      double[] weights, int[] states, int steps, int batch, int n, int classes) {

    /** Whether all labels are classes. */
    boolean spellable() {
      return Arrays.stream(states).allMatch(label -> label >= 0 && label < classes);
    }

    private int place(int step, int label) {
      return (step * batch + n) * classes + label;
    }

    /** The logarithm of a state's weight at a step. */
    private double at(int step, int state) {
      return weights[place(step, states[state])];
    }

    /** Whether a path may come to a state from the last but one. */
    private boolean jumps(int state) {
      return state >= 2 && state % 2 == 1 && states[state] != states[state - 2];
    }

    /** Logarithm of the weight of all ways to each state, the step's own weight included. */
    private double[][] forward() {
      double[][] ways = new double[steps][states.length];
      for (int t = 0; t < steps; t++) {
        for (int s = 0; s < states.length; s++) {
          double sum = Double.NEGATIVE_INFINITY;
          if (t == 0) {
            sum = s < 2 ? 0 : sum;
          } else {
            sum = ways[t - 1][s];
            sum = s >= 1 ? plus(sum, ways[t - 1][s - 1]) : sum;
            sum = jumps(s) ? plus(sum, ways[t - 1][s - 2]) : sum;
          }
          ways[t][s] = sum + at(t, s);
        }
      }
      return ways;
    }

    /** Logarithm of the weight of all ways from each state to the end, its own weight excluded. */
    private double[][] backward() {
      int end = states.length;
      double[][] ways = new double[steps][end];
      for (int t = steps - 1; t >= 0; t--) {
        for (int s = 0; s < end; s++) {
          double sum = Double.NEGATIVE_INFINITY;
          if (t == steps - 1) {
            sum = s >= end - 2 ? 0 : sum;
          } else {
            for (int to = s; to < Math.min(end, s + 3); to++) {
              if (to < s + 2 || jumps(to)) {
                sum = plus(sum, ways[t + 1][to] + at(t + 1, to));
              }
            }
          }
          ways[t][s] = sum;
        }
      }
      return ways;
    }

    double weight() {
      int end = states.length;
      if (steps == 0) {
        return end == 1 ? 0 : Double.NEGATIVE_INFINITY;
      }
      double[] last = forward()[steps - 1];
      return end == 1 ? last[0] : plus(last[end - 2], last[end - 1]);
    }

    void shares(double whole, double[] to) {
      if (Double.isNaN(whole)) {
        for (int t = 0; t < steps; t++) {
          Arrays.fill(to, place(t, 0), place(t, classes), whole);
        }
        return;
      }
      double[][] before = forward();
      double[][] after = backward();
      for (int t = 0; t < steps; t++) {
        for (int s = 0; s < states.length; s++) {
          to[place(t, states[s])] += Math.exp(before[t][s] + after[t][s] - whole);
        }
      }
    }
  }

  /** The logarithm of the sum of two numbers given by their logarithms. */
  private static double plus(double a, double b) {
    double high = Math.max(a, b);
    return high == Double.NEGATIVE_INFINITY
        ? high
        : high + Math.log1p(Math.exp(Math.min(a, b) - high));
  }
}
