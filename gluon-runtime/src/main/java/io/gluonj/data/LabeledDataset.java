package io.gluonj.data;

import io.gluonj.types.InvalidArgumentException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A data set of (data, label) pairs, which can be transformed on one side only.
 *
 * @param <D> the data
 * @param <L> the label
 */
public interface LabeledDataset<D, L> extends Dataset<Sample<D, L>> {

  /** Pairs two data sets of equal size: sample i is (data i, label i). */
  static <D, L> LabeledDataset<D, L> zip(Dataset<D> data, Dataset<L> labels) {
    if (data.size() != labels.size()) {
      throw new InvalidArgumentException(
          "LabeledDataset.zip: " + data.size() + " samples but " + labels.size() + " labels",
          "every sample has one label",
          "pass data sets of equal size");
    }
    return new Zipped<>(data, labels);
  }

  /** Gives a data set of pairs the methods of this interface. */
  static <D, L> LabeledDataset<D, L> of(Dataset<Sample<D, L>> pairs) {
    return new Labeled<>(pairs);
  }

  /** Applies {@code function} to the data and leaves the label as it is. */
  default <R> LabeledDataset<R, L> transformFirst(Function<? super D, ? extends R> function) {
    return of(transform(s -> new Sample<R, L>(function.apply(s.data()), s.label())));
  }

  @Override
  default LabeledDataset<D, L> filter(Predicate<? super Sample<D, L>> wanted) {
    return of(Dataset.super.filter(wanted));
  }

  @Override
  default LabeledDataset<D, L> shard(int count, int index) {
    return of(Dataset.super.shard(count, index));
  }

  @Override
  default LabeledDataset<D, L> take(int count) {
    return of(Dataset.super.take(count));
  }

  @Override
  default LabeledDataset<D, L> sample(Sampler sampler) {
    return of(Dataset.super.sample(sampler));
  }

  @Override
  default LabeledDataset<D, L> cached() {
    return of(Dataset.super.cached());
  }
}
