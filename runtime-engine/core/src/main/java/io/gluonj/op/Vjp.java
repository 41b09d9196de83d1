package io.gluonj.op;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.AutogradException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reverse rule of one application of an operator: from the gradients of its outputs to those of
 * its inputs. An input's rule runs only if somebody needs that gradient, and only what the rules
 * read is kept from the forward pass.
 */
public final class Vjp {
  private final Op op;
  private final List<Tensor> in;
  private final List<Tensor> out;
  private final List<@Nullable Tensor> dy;
  private final boolean[] needed;
  private final Map<Integer, Tensor> grads = new HashMap<>();
  private final boolean[] stated;
  private final Map<Integer, String> without = new TreeMap<>();

  /** Prepares a rule's run; {@code dy} holds null for outputs that nothing depends on. */
  public Vjp(
      Op op, List<Tensor> in, List<Tensor> out, List<@Nullable Tensor> dy, boolean[] needed) {
    this.op = op;
    this.in = in;
    this.out = out;
    this.dy = dy;
    this.needed = needed.clone();
    this.stated = new boolean[needed.length];
  }

  public int inputs() {
    return in.size();
  }

  /** Input {@code i} of the forward pass. */
  public Tensor in(int i) {
    return in.get(i);
  }

  /** Output {@code i} of the forward pass. */
  public Tensor out(int i) {
    return out.get(i);
  }

  /** Gradient of the first output. */
  public Tensor dy() {
    return dy(0);
  }

  /** Gradient of output {@code i}; zeros if nothing depends on it. */
  public Tensor dy(int i) {
    Tensor gradient = dy.get(i);
    return gradient != null ? gradient : out.get(i).zerosLike();
  }

  /** Whether something depends on output {@code i}. */
  public boolean used(int i) {
    return dy.get(i) != null;
  }

  /** Whether the gradient of input {@code i} is wanted. */
  public boolean needs(int i) {
    return needed[i];
  }

  /** States the gradient of input {@code i}. */
  public void grad(int i, Supplier<Tensor> rule) {
    stated[i] = true;
    if (needed[i]) {
      grads.put(i, rule.get());
    }
  }

  /** States that the result does not depend differentiably on input {@code i}, and why. */
  public void none(int i, String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("say why " + op + " has no gradient for input " + i);
    }
    stated[i] = true;
    without.put(i, why);
  }

  /** Why inputs have no gradient, by input; known after {@link #run()}. */
  public Map<Integer, String> withoutGradient() {
    return Collections.unmodifiableMap(without);
  }

  /**
   * Runs the operator's rule.
   *
   * @return the gradients by input; inputs without one are absent
   * @throws AutogradException if the rule says nothing about an input whose gradient is wanted
   */
  public Map<Integer, Tensor> run() {
    op.vjp(this);
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && !stated[i]) {
        throw new AutogradException(
            "the gradient of "
                + op.schema().name()
                + " for input '"
                + op.schema().inputNames(op, in.size()).get(i)
                + "' was asked for",
            "this operator's gradient rule does not cover that input",
            "detach() the input if no gradient should flow through it");
      }
    }
    return grads;
  }
}
