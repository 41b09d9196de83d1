package io.gluonj.data;

import java.util.Objects;

/** A view of chosen samples in a chosen order. */
final class Selection<T> implements Dataset<T> {
  private final Dataset<T> source;
  private final int[] indices;

  Selection(Dataset<T> source, int[] indices) {
    this.source = source;
    this.indices = indices.clone();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public T get(int index) {
    return source.get(indices[Objects.checkIndex(index, indices.length)]);
  }
}
