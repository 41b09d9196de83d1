package io.gluonj.data;

import java.util.List;

/**
 * The batches of an epoch, as groups of sample indices.
 *
 * <p>As with {@link Sampler}, an epoch's batches are a pure function of its number. Own
 * implementations can group samples of similar length, or balance classes.
 */
public interface BatchSampler {

  /** The batches of an epoch, numbered from 0, in order. */
  List<int[]> batches(int epoch);

  /** Number of batches of an epoch. */
  int size(int epoch);

  /** Cuts the order of {@code sampler} into batches of {@code batchSize}. */
  static BatchSampler of(Sampler sampler, int batchSize, LastBatch lastBatch) {
    return new SlicedBatches(sampler, batchSize, lastBatch);
  }
}
