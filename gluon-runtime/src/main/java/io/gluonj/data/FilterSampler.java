package io.gluonj.data;

import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The indices of the samples that meet a condition, in ascending order, in every epoch. */
public final class FilterSampler implements Sampler {
  private final int[] kept;

  /** Looks at every sample of {@code dataset} once. */
  public <T> FilterSampler(Dataset<T> dataset, Predicate<? super T> wanted) {
    this.kept =
        IntStream.range(0, dataset.size()).filter(i -> wanted.test(dataset.get(i))).toArray();
  }

  @Override
  public int size() {
    return kept.length;
  }

  @Override
  public int[] order(int epoch) {
    return kept.clone();
  }
}
