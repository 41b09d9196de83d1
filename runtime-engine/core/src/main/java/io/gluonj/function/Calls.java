package io.gluonj.function;

import io.gluonj.op.Op;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How functions apply operators. Of arrays the result is an array and of symbols a symbol, and both
 * together are refused, so a result has every type that its first input has.
 */
abstract class Calls {
  /** The first output. */
  static <T extends Tensor> T one(Op op, T first, Tensor... others) {
    return all(op, first, others).getFirst();
  }

  /** The first output. */
  static <T extends Tensor> T one(Op op, List<? extends T> inputs) {
    return all(op, inputs).getFirst();
  }

  /** All outputs that users see. */
  static <T extends Tensor> List<T> all(Op op, T first, Tensor... others) {
    var inputs = new ArrayList<Tensor>(others.length + 1);
    inputs.add(first);
    inputs.addAll(Arrays.asList(others));
    return visible(op, inputs);
  }

  /** All outputs that users see. */
  static <T extends Tensor> List<T> all(Op op, List<? extends T> inputs) {
    return visible(op, inputs);
  }

  // T is above the type of an input, and results are of the same of the two classes
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Tensor> List<T> visible(Op op, List<? extends Tensor> inputs) {
    return List.copyOf((List<T>) Ops.callAll(op, "", inputs).subList(0, op.visibleOutputs()));
  }

  /** The output of an operator without inputs. */
  static NDArray create(Op op) {
    return (NDArray) Ops.call(op);
  }

  /** Attributes as the caller sets them. */
  static <A> A set(A attributes, Consumer<? super A> setting) {
    setting.accept(attributes);
    return attributes;
  }

  static List<Integer> list(int... values) {
    return Arrays.stream(values).boxed().toList();
  }

  static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  static List<Double> list(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Values of which null means none. */
  static List<Optional<Long>> optional(@Nullable Long... values) {
    return Arrays.stream(values).map(Optional::ofNullable).toList();
  }
}
