package io.gluonj.tensor;

import io.gluonj.types.AutogradException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Automatic differentiation. Inside {@link #record} every operator on arrays that collect gradients
 * is remembered; {@code backward} then sends gradients back to those arrays.
 *
 * <pre>{@code
 * x.attachGrad();
 * NDArray y;
 * try (var tape = Autograd.record()) {
 *   y = x.square().sum();
 * }
 * y.backward();          // x.grad() is now 2 x
 * }</pre>
 *
 * The scopes are per thread, nest, and restore what was before, also after an exception.
 */
public final class Autograd {
  /** What a thread is doing. */
  record State(boolean recording, boolean training, boolean watching) {
    State recording(boolean now) {
      return new State(now, training, watching);
    }

    State training(boolean now) {
      return new State(recording, now, watching);
    }
  }

  private static final ThreadLocal<State> STATE =
      ThreadLocal.withInitial(() -> new State(false, false, false));

  private Autograd() {}

  /** An open scope; closing it restores the state before. */
  public static final class Scope implements AutoCloseable {
    private final State before = STATE.get();

    private Scope(State state) {
      STATE.set(state);
    }

    @Override
    public void close() {
      STATE.set(before);
    }
  }

  /** Records, in training mode. */
  public static Scope record() {
    return record(true);
  }

  /** Records, in training mode or in predict mode. */
  public static Scope record(boolean trainMode) {
    return new Scope(state().recording(true).training(trainMode));
  }

  /** Stops recording, in predict mode. */
  public static Scope pause() {
    return new Scope(state().recording(false).training(false));
  }

  /** Switches layers such as dropout to training without touching the recording. */
  public static Scope trainMode() {
    return new Scope(state().training(true));
  }

  /** Switches layers such as dropout to prediction without touching the recording. */
  public static Scope predictMode() {
    return new Scope(state().training(false));
  }

  /**
   * Looks at everything this thread computes, forward and backward, eager and compiled, and stops
   * at the first operator that makes a NaN or an infinity of good input: an {@link
   * io.gluonj.types.AnomalyException} names it, its block and the line that applied it. A backward
   * pass is watched if what it goes through was recorded in such a scope. Functions are compiled
   * anew for it, without fusing operators, and run many times slower.
   *
   * <pre>{@code
   * try (var watch = Autograd.detectAnomalies()) {
   *   step.call(data, label);
   * }
   * }</pre>
   */
  public static Scope detectAnomalies() {
    State now = state();
    return new Scope(new State(now.recording(), now.training(), true));
  }

  /** All answers in one look. */
  static State state() {
    return STATE.get();
  }

  public static boolean isRecording() {
    return STATE.get().recording();
  }

  public static boolean isTraining() {
    return STATE.get().training();
  }

  /** Runs without recording, in the present mode. */
  static <T> T detached(Supplier<T> action) {
    try (var _ = new Scope(state().recording(false))) {
      return action.get();
    }
  }

  /**
   * Sends gradients back from {@code heads}.
   *
   * @param headGradients gradients of something with respect to the heads; ones if null
   * @param retainGraph keeps what a further backward through the same computation needs
   * @throws AutogradException if a head was not recorded, or its computation has been used up
   */
  public static void backward(
      List<NDArray> heads, @Nullable List<NDArray> headGradients, boolean retainGraph) {
    Map<NDArray, NDArray> leaves = new HashMap<>();
    Backward pass = new Backward(retainGraph, false, leaves);
    try (var _ = new Scope(state().recording(false));
        var _ = TensorScope.open()) {
      pass.run(heads, headGradients);
      leaves.forEach(Autograd::deliver);
    }
  }

  private static void deliver(NDArray array, NDArray gradient) {
    NDArray.Leaf leaf = array.leaf();
    if (leaf == null) {
      return;
    }
    if (leaf.request() == GradReq.ADD) {
      try (NDArray sum = leaf.grad().add(gradient)) {
        leaf.grad().set(sum);
      }
    } else {
      leaf.grad().set(gradient);
    }
    leaf.fresh().set(true);
  }

  /**
   * The gradients of {@code heads} with respect to {@code variables}, without touching their {@code
   * grad} (MXNet: {@code autograd.grad}).
   *
   * @param createGraph records the computation of the gradients, so that they can be differentiated
   *     again; call inside {@link #record}
   */
  public static List<NDArray> grad(
      List<NDArray> heads, List<NDArray> variables, boolean retainGraph, boolean createGraph) {
    Map<NDArray, NDArray> leaves = new HashMap<>();
    Backward pass = new Backward(retainGraph || createGraph, createGraph, leaves);
    try (var _ = new Scope(state().recording(createGraph));
        TensorScope scope = TensorScope.open()) {
      pass.run(heads, null);
      variables.stream().map(leaves::get).filter(Objects::nonNull).forEach(scope::keep);
    }
    var result = new ArrayList<NDArray>();
    for (NDArray variable : variables) {
      NDArray gradient = leaves.get(variable);
      if (gradient == null) {
        throw new AutogradException(
            "the gradient for an array of shape " + variable.shape() + " was asked for",
            variable.tracked()
                ? "the heads do not depend on it"
                : "it was not marked before the computation was recorded",
            "call attachGrad() on it and use it inside Autograd.record()");
      }
      result.add(gradient);
    }
    return result;
  }

  /** One backward pass: entries in the reverse order of their recording. */
  private static final class Backward {
    /** Gradients of the arrays that an entry made, as far as they are known. */
    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    private record Pending(TapeEntry.Edge user, @Nullable NDArray[] gradients) {
      void add(int output, NDArray gradient) {
        NDArray known = gradients[output];
        gradients[output] = known == null ? gradient : known.add(gradient);
      }
    }

    private final boolean retain;
    private final boolean recorded;
    private final Map<NDArray, NDArray> leaves;
    private final Map<TapeEntry, Pending> pending = new HashMap<>();
    private final PriorityQueue<TapeEntry> order =
        new PriorityQueue<>(Comparator.comparingLong(TapeEntry::sequence).reversed());

    Backward(boolean retain, boolean recorded, Map<NDArray, NDArray> leaves) {
      this.retain = retain;
      this.recorded = recorded;
      this.leaves = leaves;
    }

    void run(List<NDArray> heads, @Nullable List<NDArray> headGradients) {
      try {
        for (int i = 0; i < heads.size(); i++) {
          NDArray head = heads.get(i);
          if (!head.tracked()) {
            throw new AutogradException(
                "backward was called on an array of shape " + head.shape(),
                "it was not computed inside Autograd.record() from an array with a gradient",
                "compute it inside try (var tape = Autograd.record()) {...}, from parameters or"
                    + " arrays with attachGrad()");
          }
          NDArray gradient = headGradients == null ? head.onesLike() : headGradients.get(i);
          send(TapeEntry.Edge.of(head), gradient);
        }
        while (!order.isEmpty()) {
          visit(order.remove());
        }
      } finally {
        pending.values().forEach(p -> p.user().release()); // after a failure
      }
    }

    private void visit(TapeEntry entry) {
      Pending known = pending.get(entry);
      if (known == null) {
        return;
      }
      @Nullable NDArray[] gradients = entry.gradients(known.gradients(), recorded, retain);
      for (int i = 0; i < gradients.length; i++) {
        NDArray gradient = gradients[i];
        if (gradient != null) {
          send(entry.input(i), gradient);
        }
      }
      pending.remove(entry);
      known.user().release();
    }

    private void send(TapeEntry.Edge edge, NDArray gradient) {
      if (edge.leaf() != null) {
        leaves.merge(edge.leaf(), gradient, NDArray::add);
      }
      TapeEntry entry = edge.entry();
      if (entry != null) {
        Pending known = pending.get(entry);
        if (known == null) {
          edge.retain(); // arrays may be closed while the pass is under way
          known = new Pending(edge, new @Nullable NDArray[entry.outputs()]);
          pending.put(entry, known);
          order.add(entry);
        }
        known.add(edge.output(), gradient);
      }
    }
  }
}
