package io.gluonj.data;

/** A data set of pairs, seen as a labelled one. */
record Labeled<D, L>(Dataset<Sample<D, L>> pairs) implements LabeledDataset<D, L> {
  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public Sample<D, L> get(int index) {
    return pairs.get(index);
  }
}
