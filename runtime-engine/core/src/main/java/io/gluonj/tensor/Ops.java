package io.gluonj.tensor;

import io.gluonj.op.Op;
import io.gluonj.types.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one door through which every operator is applied: arrays are computed at once, symbols extend
 * their graph.
 */
public final class Ops {
  private Ops() {}

  /** Applies an operator and returns its first output. */
  public static Tensor call(Op op, Tensor... inputs) {
    NDArray[] arrays = arrays(inputs);
    return arrays != null
        ? Eager.call(op, arrays)[0]
        : extend(op, "", Arrays.asList(inputs)).getFirst();
  }

  /**
   * Applies an operator under a name (MXNet's {@code name=} argument), to which the current {@link
   * NameScope}'s prefix is added.
   */
  public static Tensor named(String name, Op op, List<? extends Tensor> inputs) {
    return callAll(op, name, inputs).getFirst();
  }

  /**
   * Applies an operator.
   *
   * @param name the node's name without prefix, or empty for an automatic one
   * @return of arrays the visible outputs, of symbols all, hidden ones included
   * @throws InvalidArgumentException if arrays and symbols are mixed
   */
  public static List<? extends Tensor> callAll(Op op, String name, List<? extends Tensor> inputs) {
    NDArray[] arrays = arrays(inputs.toArray(Tensor[]::new));
    return arrays != null ? List.of(Eager.call(op, arrays)) : extend(op, name, inputs);
  }

  /** The inputs as arrays; null if there is a symbol among them. */
  private static NDArray @Nullable [] arrays(Tensor[] inputs) {
    NDArray[] arrays = new NDArray[inputs.length];
    for (int i = 0; i < arrays.length; i++) {
      if (!(inputs[i] instanceof NDArray array)) {
        return null;
      }
      arrays[i] = array;
    }
    return arrays;
  }

  private static List<Symbol> extend(Op op, String name, List<? extends Tensor> inputs) {
    for (Tensor input : inputs) {
      if (input instanceof NDArray array) {
        throw new InvalidArgumentException(
            op.schema().name()
                + " "
                + Origin.here()
                + ": got symbols together with an array of shape "
                + array.shape(),
            "a graph is being traced, and a value fixed now would be baked into it unseen",
            "make the array a parameter of the block: @Param(differentiable = false)");
      }
    }
    return Symbol.apply(op, name, inputs.stream().map(Symbol.class::cast).toList());
  }
}
