package io.gluonj.op;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import java.util.List;

/**
 * What a recurrent network computes for one unit at one step, and the derivative of that, as
 * expressions: every backend's kernels and the definition are made of them.
 *
 * <p>A step gets two numbers for each gate, the projected input {@code p} and the recurrent product
 * {@code q}, biases included, and the state before it.
 */
public enum RecurrentCell {
  /** {@code h' = relu(p + q)} (Elman, 1990). */
  RNN_RELU(1, 0),

  /** {@code h' = tanh(p + q)} (Elman, 1990). */
  RNN_TANH(1, 0),

  /**
   * Long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate of Gers et al., 2000),
   * gates in the order input, forget, candidate, output: {@code c' = f c + i g}, {@code h' = o
   * tanh(c')}. All four gates are kept for the gradient.
   */
  LSTM(4, 4),

  /**
   * Gated recurrent unit (Cho et al., 2014) with the reset gate behind the recurrent product, gates
   * in the order reset, update, candidate: {@code n = tanh(p_n + r q_n)}, {@code h' = (1 - z) n + z
   * h}. The gates and {@code q_n} are kept for the gradient.
   */
  GRU(3, 4);

  private final int gates;
  private final int kept;

  RecurrentCell(int gates, int kept) {
    this.gates = gates;
    this.kept = kept;
  }

  /** Numbers computed for each unit by the two products. */
  public int gates() {
    return gates;
  }

  /** Numbers kept of each unit and step for the gradient. */
  public int kept() {
    return kept;
  }

  /** Whether there is a second state, the memory cell. */
  public boolean hasCell() {
    return this == LSTM;
  }

  /** Whether the bias of the recurrent product cannot be part of the projection's. */
  public boolean recurrentBias() {
    return this == GRU;
  }

  /** Whether a step reads the state before it other than through the recurrent product. */
  public boolean readsPrevious() {
    return kept > 0;
  }

  private static Scalar sigmoid(Scalar x) {
    return x.times(0.5).map(Fn.TANH).times(0.5).plus(0.5);
  }

  /** {@code 1 - y}. */
  private static Scalar rest(Scalar y) {
    return Scalar.of(1).minus(y);
  }

  private static Scalar sigmoidSlope(Scalar y) {
    return y.times(rest(y));
  }

  private static Scalar tanhSlope(Scalar y) {
    return rest(y.times(y));
  }

  /**
   * One step.
   *
   * @param p projected input, for each gate
   * @param q recurrent product, for each gate
   * @param previous memory cell (LSTM) or state (GRU) before the step; not read by others
   * @return the state, then the memory cell if there is one, then what is kept
   */
  public List<Scalar> forward(List<Scalar> p, List<Scalar> q, Scalar previous) {
    return switch (this) {
      case RNN_RELU -> List.of(p.get(0).plus(q.get(0)).with(Fn2.MAX, Scalar.of(0)));
      case RNN_TANH -> List.of(p.get(0).plus(q.get(0)).map(Fn.TANH));
      case LSTM -> {
        Scalar i = sigmoid(p.get(0).plus(q.get(0)));
        Scalar f = sigmoid(p.get(1).plus(q.get(1)));
        Scalar g = p.get(2).plus(q.get(2)).map(Fn.TANH);
        Scalar o = sigmoid(p.get(3).plus(q.get(3)));
        Scalar c = f.times(previous).plus(i.times(g));
        yield List.of(o.times(c.map(Fn.TANH)), c, i, f, g, o);
      }
      case GRU -> {
        Scalar r = sigmoid(p.get(0).plus(q.get(0)));
        Scalar z = sigmoid(p.get(1).plus(q.get(1)));
        Scalar n = p.get(2).plus(r.times(q.get(2))).map(Fn.TANH);
        yield List.of(rest(z).times(n).plus(z.times(previous)), r, z, n, q.get(2));
      }
    };
  }

  /**
   * What a step's gradient is computed from.
   *
   * @param previous as in {@link #forward}
   * @param state the state after the step; read by the cells that keep nothing
   * @param cell the memory cell after the step
   * @param kept what was kept
   * @param dState gradient of the state after the step
   * @param dCell gradient of the memory cell after the step
   * @param dKept gradients of what was kept, zeros for all but second derivatives
   */
  public record Backward(
      Scalar previous,
      Scalar state,
      Scalar cell,
      List<Scalar> kept,
      Scalar dState,
      Scalar dCell,
      List<Scalar> dKept) {
    public Backward {
      kept = List.copyOf(kept);
      dKept = List.copyOf(dKept);
    }
  }

  /**
   * Gradients of one step.
   *
   * @param projected of the projected input, for each gate
   * @param recurrent of the recurrent product, for each gate; the same objects where they are equal
   * @param previous of {@code previous}; constant 0 where that is not read
   */
  public record Gradient(List<Scalar> projected, List<Scalar> recurrent, Scalar previous) {
    public Gradient {
      projected = List.copyOf(projected);
      recurrent = List.copyOf(recurrent);
    }
  }

  /** The gradient of one step. */
  public Gradient backward(Backward at) {
    Scalar dh = at.dState();
    return switch (this) {
      case RNN_RELU -> plain(at.state().with(Fn2.GT, Scalar.of(0)).choose(dh, Scalar.of(0)));
      case RNN_TANH -> plain(dh.times(tanhSlope(at.state())));
      case LSTM -> lstm(at, dh);
      case GRU -> gru(at, dh);
    };
  }

  private static Gradient plain(Scalar d) {
    return new Gradient(List.of(d), List.of(d), Scalar.of(0));
  }

  private static Gradient lstm(Backward at, Scalar dh) {
    Scalar i = at.kept().get(0);
    Scalar f = at.kept().get(1);
    Scalar g = at.kept().get(2);
    Scalar o = at.kept().get(3);
    Scalar squashed = at.cell().map(Fn.TANH);
    Scalar dc = at.dCell().plus(dh.times(o).times(tanhSlope(squashed)));
    List<Scalar> gates =
        List.of(
            dc.times(g).plus(at.dKept().get(0)).times(sigmoidSlope(i)),
            dc.times(at.previous()).plus(at.dKept().get(1)).times(sigmoidSlope(f)),
            dc.times(i).plus(at.dKept().get(2)).times(tanhSlope(g)),
            dh.times(squashed).plus(at.dKept().get(3)).times(sigmoidSlope(o)));
    return new Gradient(gates, gates, dc.times(f));
  }

  private static Gradient gru(Backward at, Scalar dh) {
    Scalar r = at.kept().get(0);
    Scalar z = at.kept().get(1);
    Scalar n = at.kept().get(2);
    Scalar q = at.kept().get(3);
    Scalar dn = dh.times(rest(z)).plus(at.dKept().get(2)).times(tanhSlope(n));
    Scalar dr = dn.times(q).plus(at.dKept().get(0)).times(sigmoidSlope(r));
    Scalar dz = dh.times(at.previous().minus(n)).plus(at.dKept().get(1)).times(sigmoidSlope(z));
    return new Gradient(
        List.of(dr, dz, dn), List.of(dr, dz, dn.times(r).plus(at.dKept().get(3))), dh.times(z));
  }
}
