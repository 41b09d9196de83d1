package io.gluonj.data;

import io.gluonj.types.InvalidArgumentException;
import java.util.stream.IntStream;

/**
 * The indices 0 to {@code size - 1}, each once per epoch, in an order that depends only on the seed
 * and the epoch.
 *
 * @param size how many
 * @param seed chooses the orders
 */
public record RandomSampler(int size, long seed) implements Sampler {
  public RandomSampler {
    if (size < 0) {
      throw new InvalidArgumentException(
          "RandomSampler: size " + size, "indices are 0 or more", "pass 0 or more");
    }
  }

  @Override
  public int[] order(int epoch) {
    int[] order = IntStream.range(0, size).toArray();
    SplitMix64.of(seed, epoch).shuffle(order);
    return order;
  }
}
