package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One layer of a recurrent network in one direction, after its input has been projected. Inputs:
 * the projected input (T, N, G H) with the biases that can be part of it, the recurrent weight (G
 * H, H), for a GRU the recurrent bias (G H), the state before the first step (N, H), for an LSTM
 * the memory cell (N, H). Outputs: the states of all steps (T, N, H), for an LSTM the memory cells
 * (T, N, H), and hidden what the gradient needs (T, N, K H).
 *
 * <p>The expansion, step by step, is the definition; backends have kernels for the whole. Its
 * gradient is {@link Grad}, which differentiates again.
 *
 * @param reverse whether the last step comes first
 */
public record Recurrence(RecurrentCell cell, boolean reverse) implements Op.Composite {
  public static final int PROJECTED = 0;
  public static final int WEIGHT = 1;

  static final OpSchema<Recurrence> SCHEMA = described();

  private static OpSchema<Recurrence> described() {
    var schema =
        OpSchema.internal(new Recurrence(RecurrentCell.LSTM, false), "_recurrence")
            .inputs("projected", "weight")
            .inputUnless(r -> !r.cell().recurrentBias(), "bias")
            .inputs("state")
            .inputUnless(r -> !r.cell().hasCell(), "cell");
    for (RecurrentCell cell : RecurrentCell.values()) {
      for (boolean reverse : new boolean[] {false, true}) {
        schema = schema.sample(new Recurrence(cell, reverse), sample(cell, 3, 2, 2));
      }
    }
    return schema
        .sample(new Recurrence(RecurrentCell.GRU, false), sample(RecurrentCell.GRU, 1, 2, 3))
        .sample(new Recurrence(RecurrentCell.LSTM, false), sample(RecurrentCell.LSTM, 1, 1, 3));
  }

  private static Shape[] sample(RecurrentCell cell, long t, long n, long h) {
    var shapes = new ArrayList<Shape>();
    shapes.add(Shape.of(t, n, cell.gates() * h));
    shapes.add(Shape.of(cell.gates() * h, h));
    if (cell.recurrentBias()) {
      shapes.add(Shape.of(cell.gates() * h));
    }
    shapes.add(Shape.of(n, h));
    if (cell.hasCell()) {
      shapes.add(Shape.of(n, h));
    }
    return shapes.toArray(Shape[]::new);
  }

  /** Number of the input that holds the state before the first step. */
  public int state() {
    return cell.recurrentBias() ? 3 : 2;
  }

  /** Number of the output that holds what is kept. */
  public int keptOutput() {
    return cell.hasCell() ? 2 : 1;
  }

  @Override
  public int outputs() {
    return visibleOutputs() + (cell.kept() > 0 ? 1 : 0);
  }

  @Override
  public int visibleOutputs() {
    return cell.hasCell() ? 2 : 1;
  }

  /** The place of the {@code s}-th step among all. */
  public long at(long s, long steps) {
    return reverse ? steps - 1 - s : s;
  }

  @Override
  public void infer(Infer s) {
    Shape projected = s.in(PROJECTED);
    if (!projected.isKnown()) {
      return;
    }
    int gates = cell.gates();
    if (projected.rank() != 3 || projected.dim(2) % gates != 0 || projected.dim(0) < 1) {
      throw s.error(
          "projected input of shape " + projected,
          "it is (steps, batch, " + gates + " * units) with at least one step",
          "project the input by a weight of " + gates + " * units rows");
    }
    long units = projected.dim(2) / gates;
    s.in(WEIGHT, Shape.of(projected.dim(2), units), "weight is (gates * units, units)");
    if (cell.recurrentBias()) {
      s.in(WEIGHT + 1, Shape.of(projected.dim(2)), "one bias for each row of the weight");
    }
    for (int i = state(); i < s.inputs(); i++) {
      s.in(i, Shape.of(projected.dim(1), units), "a state is (batch, units)");
    }
    Shape states = projected.with(2, units);
    for (int k = 0; k < visibleOutputs(); k++) {
      s.out(k, states, "there is one state for each step");
    }
    if (cell.kept() > 0) {
      s.out(keptOutput(), projected.with(2, cell.kept() * units), "so much is kept");
    }
  }

  @Override
  public boolean ownGradient() {
    return true;
  }

  @Override
  public void vjp(Vjp g) {
    boolean cells = cell.hasCell() && g.used(1);
    boolean kept = cell.kept() > 0 && g.used(keptOutput());
    Grad grad = new Grad(cell, reverse, cells, kept);
    var inputs = new ArrayList<Tensor>();
    for (int i = WEIGHT; i < g.inputs(); i++) {
      if (i != WEIGHT + 1 || !cell.recurrentBias()) {
        inputs.add(g.in(i));
      }
    }
    IntStream.range(0, outputs()).forEach(k -> inputs.add(g.out(k)));
    inputs.add(g.dy());
    if (cells) {
      inputs.add(g.dy(1));
    }
    if (kept) {
      inputs.add(g.dy(keptOutput()));
    }
    List<? extends Tensor> grads = Ops.callAll(grad, "", inputs);
    for (int i = 0; i < g.inputs(); i++) {
      int input = i;
      g.grad(i, () -> grads.get(input));
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    long steps = e.shape(PROJECTED).dim(0);
    Tensor weight = e.in(WEIGHT);
    Tensor state = e.in(state());
    Tensor previous = cell.hasCell() ? e.in(state() + 1) : state;
    var results = RecurrentSteps.columns(outputs() + Math.max(0, cell.kept() - 1), steps);
    int gates = cell.gates();
    List<Scalar> step = cell.forward(args(0, gates), args(gates, gates), Scalar.arg(2 * gates));
    for (long s = 0; s < steps; s++) {
      int at = (int) at(s, steps);
      Tensor product =
          cell.recurrentBias()
              ? Ops.call(new MatMul(false, true, true), state, weight, e.in(WEIGHT + 1))
              : Ops.call(new MatMul(false, true, false), state, weight);
      var arguments = new ArrayList<Tensor>();
      arguments.addAll(RecurrentSteps.parts(RecurrentSteps.step(e.in(PROJECTED), at), gates));
      arguments.addAll(RecurrentSteps.parts(product, gates));
      arguments.add(previous);
      for (int k = 0; k < step.size(); k++) {
        results.get(k).set(at, Fused.of(step.get(k), arguments));
      }
      state = results.get(0).get(at);
      previous = cell.hasCell() ? results.get(1).get(at) : state;
    }
    var out = new ArrayList<Tensor>();
    for (int k = 0; k < visibleOutputs(); k++) {
      out.add(RecurrentSteps.joined(results.get(k)));
    }
    if (cell.kept() > 0) {
      out.add(
          Ops.call(
              new Concat(2),
              results.subList(visibleOutputs(), results.size()).stream()
                  .map(RecurrentSteps::joined)
                  .toArray(Tensor[]::new)));
    }
    return out;
  }

  private static List<Scalar> args(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Scalar::arg).toList();
  }

  /**
   * The gradient of {@link Recurrence}. Inputs: the recurrent weight, the state and for an LSTM the
   * memory cell before the first step, all outputs, the gradient of the states, and if asked for
   * those of the memory cells and of what was kept. Outputs: the gradients of all inputs, in order.
   *
   * @param cells whether the gradient of the memory cells is given
   * @param kept whether the gradient of what was kept is given: in second derivatives
   */
  public record Grad(RecurrentCell cell, boolean reverse, boolean cells, boolean kept)
      implements Op.Composite {
    static final OpSchema<Grad> SCHEMA =
        OpSchema.internal(new Grad(RecurrentCell.LSTM, false, false, false), "_recurrence_grad")
            .inputs("weight", "state")
            .inputUnless(g -> !g.cell().hasCell(), "cell")
            .inputs("states")
            .inputUnless(g -> !g.cell().hasCell(), "cells")
            .inputUnless(g -> g.cell().kept() == 0, "kept")
            .inputs("dstates")
            .inputUnless(g -> !g.cells(), "dcells")
            .inputUnless(g -> !g.kept(), "dkept")
            .sample(
                new Grad(RecurrentCell.LSTM, true, true, true),
                -1,
                1,
                Shape.of(8, 2),
                Shape.of(3, 2),
                Shape.of(3, 2),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 8),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 8))
            .sample(
                new Grad(RecurrentCell.LSTM, false, true, false),
                -1,
                1,
                Shape.of(8, 2),
                Shape.of(3, 2),
                Shape.of(3, 2),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 8),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 2))
            .sample(
                new Grad(RecurrentCell.GRU, false, false, true),
                -1,
                1,
                Shape.of(6, 2),
                Shape.of(3, 2),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 8),
                Shape.of(2, 3, 2),
                Shape.of(2, 3, 8));

    private static final int STATE = 1;

    /** The operator this is the gradient of. */
    public Recurrence forward() {
      return new Recurrence(cell, reverse);
    }

    /** Number of the input that holds the states of all steps. */
    public int states() {
      return cell.hasCell() ? 3 : 2;
    }

    /** Number of the input that holds what was kept, if anything was. */
    public int keptInput() {
      return states() + (cell.hasCell() ? 2 : 1);
    }

    /** Number of the input that holds the gradient of the states. */
    public int gradient() {
      return states() + forward().outputs();
    }

    /** Number of the output that holds the gradient of the first state. */
    public int stateOutput() {
      return forward().state();
    }

    @Override
    public int outputs() {
      return stateOutput() + (cell.hasCell() ? 2 : 1);
    }

    @Override
    public int visibleOutputs() {
      return outputs();
    }

    @Override
    public void infer(Infer s) {
      Shape states = s.in(states());
      if (!states.isKnown() || states.rank() != 3) {
        return;
      }
      long units = states.dim(2);
      long rows = cell.gates() * units;
      Shape state = Shape.of(states.dim(1), units);
      s.in(0, Shape.of(rows, units), "weight is (gates * units, units)");
      for (int i = STATE; i < states(); i++) {
        s.in(i, state, "a state is (batch, units)");
      }
      for (int i = states(); i < s.inputs(); i++) {
        boolean keeps = (cell.kept() > 0 && i == keptInput()) || (kept && i == s.inputs() - 1);
        s.in(
            i,
            keeps ? states.with(2, cell.kept() * units) : states,
            "there is one value for each step");
      }
      s.out(0, states.with(2, rows), "the projected input is (steps, batch, gates * units)");
      s.out(1, Shape.of(rows, units), "weight is (gates * units, units)");
      if (cell.recurrentBias()) {
        s.out(2, Shape.of(rows), "one bias for each row of the weight");
      }
      for (int k = stateOutput(); k < outputs(); k++) {
        s.out(k, state, "a state is (batch, units)");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return new RecurrentSteps(this, e).gradients();
    }

    /** Zeros for the gradients of what was kept. */
    static List<Scalar> nothing(RecurrentCell cell) {
      return Collections.nCopies(cell.kept(), Scalar.of(0));
    }
  }
}
