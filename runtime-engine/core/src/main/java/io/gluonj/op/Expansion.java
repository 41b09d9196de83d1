package io.gluonj.op;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

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
}
