package io.gluonj.data;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;

/**
 * A group of samples as arrays; the first axis of each array runs over the samples.
 *
 * <p>Closing a batch frees its arrays at once; a batch that is forgotten is freed by the garbage
 * collector.
 */
public final class Batch implements AutoCloseable {
  private final List<NDArray> arrays;
  private final int size;

  /**
   * A batch of {@code size} samples.
   *
   * @param arrays data, label and whatever else samples consist of
   */
  public Batch(List<NDArray> arrays, int size) {
    this.arrays = List.copyOf(arrays);
    this.size = size;
  }

  /** What the net is shown. */
  public NDArray data() {
    return array(0);
  }

  /** What the net shall answer. */
  public NDArray label() {
    return array(1);
  }

  /**
   * Array {@code index}, in the order in which a sample names its parts: 0 is the data, 1 the
   * label.
   *
   * @throws InvalidArgumentException if samples have fewer parts
   */
  public NDArray array(int index) {
    if (index < 0 || index >= arrays.size()) {
      throw new InvalidArgumentException(
          "batch: array " + index + " was asked for, but there are " + arrays.size(),
          index == 1 ? "the samples have no label" : "there is one array per part of a sample",
          "make the data set return all parts, for example as Sample(data, label)");
    }
    return arrays.get(index);
  }

  /** All arrays. */
  public List<NDArray> arrays() {
    return arrays;
  }

  /** Number of samples. */
  public int size() {
    return size;
  }

  @Override
  public void close() {
    arrays.forEach(NDArray::close);
  }
}
