package io.gluonj.data;

import io.gluonj.types.InvalidArgumentException;

/**
 * Rows of two arrays: sample i is (row i of the data, row i of the labels).
 *
 * <p>Rows run along the first axis and share the arrays' elements. A label array of rank 1 gives
 * scalar labels, so that a batch of them has shape (batch).
 */
public final class ArrayDataset implements LabeledDataset<HostArray, HostArray> {
  private final HostArray data;
  private final HostArray labels;

  /**
   * @throws InvalidArgumentException if the arrays have different numbers of rows
   */
  public ArrayDataset(HostArray data, HostArray labels) {
    if (rows(data) != rows(labels)) {
      throw new InvalidArgumentException(
          "ArrayDataset: data of shape %s but labels of shape %s"
              .formatted(data.shape(), labels.shape()),
          "both arrays hold one row per sample along the first axis",
          "pass as many labels as samples");
    }
    this.data = data;
    this.labels = labels;
  }

  /** The rows of a single array, without labels. */
  public static Dataset<HostArray> rowsOf(HostArray array) {
    int rows = rows(array);
    return new Dataset<>() {
      @Override
      public int size() {
        return rows;
      }

      @Override
      public HostArray get(int index) {
        return array.row(index);
      }
    };
  }

  @Override
  public int size() {
    return rows(data);
  }

  @Override
  public Sample<HostArray, HostArray> get(int index) {
    return new Sample<>(data.row(index), labels.row(index));
  }

  private static int rows(HostArray array) {
    if (array.shape().rank() == 0) {
      throw new InvalidArgumentException(
          "ArrayDataset: an array of shape " + array.shape(),
          "a single value has no rows",
          "pass an array with one row per sample");
    }
    return Math.toIntExact(array.shape().dim(0));
  }
}
