package io.gluonj.tensor;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;

/**
 * An n-dimensional array, either present ({@link NDArray}) or to be computed ({@link Symbol}).
 * Forward methods are written against this type once; given arrays they run, given symbols they
 * trace.
 */
public sealed interface Tensor extends TensorOps permits NDArray, Symbol {
  /** Shape and element type; of a symbol, as far as inference has got. */
  TensorType type();

  default Shape shape() {
    return type().shape();
  }

  default DType dtype() {
    return type().dtype();
  }
}
