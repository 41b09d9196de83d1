package io.gluonj.data;

import io.gluonj.types.InvalidArgumentException;
import java.util.stream.IntStream;

/**
 * The indices {@code start}, {@code start + 1}, … in every epoch.
 *
 * @param size how many
 * @param start the first one
 */
public record SequentialSampler(int size, int start) implements Sampler {
  public SequentialSampler {
    if (size < 0 || start < 0) {
      throw new InvalidArgumentException(
          "SequentialSampler: size " + size + ", start " + start,
          "indices are 0 or more",
          "pass 0 or more for both");
    }
  }

  /** The indices 0 to {@code size - 1}. */
  public SequentialSampler(int size) {
    this(size, 0);
  }

  @Override
  public int[] order(int epoch) {
    return IntStream.range(start, start + size).toArray();
  }
}
