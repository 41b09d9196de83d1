package io.gluonj.data;

import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of equal size.
 *
 * <p>Rolling over keeps no state: all epochs laid end to end are one stream, and an epoch consists
 * of the batches that are completed in it. What it inherits is found by going back in the stream.
 */
record SlicedBatches(Sampler sampler, int batchSize, LastBatch lastBatch) implements BatchSampler {
  SlicedBatches {
    if (batchSize < 1) {
      throw new InvalidArgumentException(
          "batch size " + batchSize, "a batch holds at least one sample", "pass 1 or more");
    }
  }

  @Override
  public int size(int epoch) {
    long samples = sampler.size();
    return switch (lastBatch) {
      case KEEP -> Math.ceilDiv(sampler.size(), batchSize);
      case DISCARD -> sampler.size() / batchSize;
      case ROLLOVER ->
          Math.toIntExact((epoch + 1) * samples / batchSize - epoch * samples / batchSize);
    };
  }

  @Override
  public List<int[]> batches(int epoch) {
    int[] order =
        switch (lastBatch) {
          case KEEP, DISCARD -> sampler.order(epoch);
          case ROLLOVER -> withInherited(epoch);
        };
    List<int[]> batches = new ArrayList<>();
    int count = size(epoch);
    for (int i = 0; i < count; i++) {
      int from = i * batchSize;
      batches.add(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
    }
    return batches;
  }

  private int[] withInherited(int epoch) {
    int[] own = sampler.order(epoch);
    int inherited = (int) ((long) epoch * sampler.size() % batchSize);
    int[] all = new int[inherited + own.length];
    System.arraycopy(own, 0, all, inherited, own.length);
    int missing = inherited;
    for (int earlier = epoch - 1; missing > 0; earlier--) {
      int[] order = sampler.order(earlier);
      int taken = Math.min(missing, order.length);
      System.arraycopy(order, order.length - taken, all, missing - taken, taken);
      missing -= taken;
    }
    return all;
  }
}
