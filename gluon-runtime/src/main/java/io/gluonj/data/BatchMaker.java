package io.gluonj.data;

import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Turns the indices of a batch into the batch; runs in any thread. */
record BatchMaker<T>(Dataset<T> dataset, Batchify<? super T> batchify, Device device) {

  /**
   * Makes a batch.
   *
   * @throws SampleException if the data set throws
   * @throws CancellationException if {@code cancelled} says so between two samples
   */
  Batch make(int[] indices, BooleanSupplier cancelled) {
    List<T> samples = new ArrayList<>(indices.length);
    for (int index : indices) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException();
      }
      samples.add(sample(index));
    }
    // A batch belongs to whoever receives it, with or without workers; not to an open scope.
    List<NDArray> arrays =
        MemoryOwner.BATCH.during(() -> TensorScope.outside(() -> batchify.apply(samples, device)));
    return new Batch(arrays, indices.length);
  }

  private T sample(int index) {
    try {
      return dataset.get(index);
    } catch (RuntimeException e) {
      throw new SampleException(index, e);
    }
  }
}
