package io.gluonj.data;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.util.List;

/**
 * Makes arrays of the samples of a batch. It runs in worker threads, several at once.
 *
 * @param <T> what a sample is
 */
@FunctionalInterface
public interface Batchify<T> {

  /**
   * One array per part of a sample. The caller closes them.
   *
   * @param samples at least one
   * @param device where the arrays shall live
   */
  List<NDArray> apply(List<? extends T> samples, Device device);

  /**
   * Puts equal parts of all samples side by side along a new first axis.
   *
   * <p>A {@link Sample} has two parts, a {@link List} as many as it has elements, anything else is
   * one part: a {@link HostArray}, an {@link NDArray}, an array of float, double, int or long, or a
   * single number ({@link Integer} becomes int32, {@link Long} int64, {@link Float} float32, {@link
   * Double} float64, {@link Boolean} bool). A part has the same type and shape in every sample.
   *
   * <p>No array is made per sample: rows are gathered on the heap and uploaded in one piece.
   */
  static <T> Batchify<T> stack() {
    return new Stack<>();
  }
}
