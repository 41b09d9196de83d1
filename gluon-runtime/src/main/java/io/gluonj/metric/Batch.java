package io.gluonj.metric;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.function.ToDoubleBiFunction;

/** Labels and predictions of one batch, compared on the device of the predictions. */
record Batch(String metric, NDArray labels, NDArray predictions) {
  /**
   * Computes one number from labels and predictions as float32 on one device. All arrays made on
   * the way are freed; nothing is recorded.
   */
  double reduce(ToDoubleBiFunction<NDArray, NDArray> computation) {
    try (var _ = TensorScope.open();
        var _ = Autograd.pause()) {
      return computation.applyAsDouble(wide(labels.to(predictions.device())), wide(predictions));
    }
  }

  /** Sums over bytes or half floats would be inexact. */
  private static NDArray wide(NDArray array) {
    return array.dtype() == DType.FLOAT32 || array.dtype() == DType.FLOAT64
        ? array
        : array.cast(DType.FLOAT32);
  }

  /** Labels and predictions have one value for each other. */
  void requireSameSize() {
    if (labels.size() != predictions.size()) {
      throw mismatch(
          "each predicted value is compared with one label",
          "pass labels with as many elements as there are predictions");
    }
  }

  /** There is one label for each position beside the class axis of the predictions. */
  void requireClasses(int axis) {
    Shape shape = predictions.shape();
    if (shape.rank() < 2 || labels.size() * shape.dim(axis) != predictions.size()) {
      throw mismatch(
          "axis " + axis + " of the predictions counts classes, and each sample has one label",
          "pass predictions (samples, classes) and labels (samples,)");
    }
  }

  private InvalidArgumentException mismatch(String because, String fix) {
    return new InvalidArgumentException(
        metric
            + ": labels of shape "
            + labels.shape()
            + " vs predictions of shape "
            + predictions.shape(),
        because,
        fix);
  }
}
