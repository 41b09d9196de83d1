package io.gluonj.data;

import java.util.List;

/** The elements of a list as a data set. The list is copied, its elements are not. */
public final class SimpleDataset<T> implements Dataset<T> {
  private final List<T> samples;

  public SimpleDataset(List<? extends T> samples) {
    this.samples = List.copyOf(samples);
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public T get(int index) {
    return samples.get(index);
  }
}
