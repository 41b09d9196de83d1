package io.gluonj.data;

/** A view that pairs the samples of two data sets of equal size. */
record Zipped<D, L>(Dataset<D> data, Dataset<L> labels) implements LabeledDataset<D, L> {
  @Override
  public int size() {
    return data.size();
  }

  @Override
  public Sample<D, L> get(int index) {
    return new Sample<>(data.get(index), labels.get(index));
  }
}
