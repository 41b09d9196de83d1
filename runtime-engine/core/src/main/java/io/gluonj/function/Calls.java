package io.gluonj.function;

import io.gluonj.op.Op;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How functions apply operators: of arrays the result is an array, of symbols a symbol. */
abstract class Calls {
  /** The first output. */
  @SafeVarargs
  static <T extends Tensor> T one(Op op, T... inputs) {
    return one(op, Arrays.asList(inputs));
  }

  /** The first output. */
  static <T extends Tensor> T one(Op op, List<? extends T> inputs) {
    return all(op, inputs).getFirst();
  }

  /** All outputs that users see. */
  @SafeVarargs
  static <T extends Tensor> List<T> all(Op op, T... inputs) {
    return all(op, Arrays.asList(inputs));
  }

  /** All outputs that users see. */
  @SuppressWarnings("unchecked") // arrays give arrays and symbols symbols, and T is above all inputs
  static <T extends Tensor> List<T> all(Op op, List<? extends T> inputs) {
    return List.copyOf(
        (List<T>) Ops.callAll(op, "", inputs).subList(0, op.visibleOutputs()));
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
