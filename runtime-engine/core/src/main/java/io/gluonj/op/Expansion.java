package io.gluonj.op;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.function.Function;

/** What a composite operator is given to express itself in others. */
public interface Expansion {
  List<Tensor> inputs();

  default Tensor in(int i) {
    return inputs().get(i);
  }

  /** Shape of input {@code i}, known. */
  default Shape shape(int i) {
    return in(i).shape();
  }

  /** Whether the computation runs in training mode: dropout drops, batch norm uses the batch. */
  boolean training();

  /**
   * Uniform numbers in [0, 1), float32, new at each run of the computation and the same on every
   * device for the same seed.
   */
  Tensor uniform(Shape shape);

  /**
   * Numbers that are each made from some uniform ones, in one kernel.
   *
   * @param type of the result
   * @param draws how many uniform numbers in [0, 1) one element takes
   * @param body the element, given these; its arguments are the parameters
   * @param parameters broadcast to the result
   */
  Tensor drawn(
      TensorType type,
      int draws,
      Function<List<Scalar>, Scalar> body,
      List<? extends Tensor> parameters);
}
