package io.gluonj.data;

import io.gluonj.types.InvalidArgumentException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A fixed number of samples, each reachable by its index.
 *
 * <p>{@link #get} must give the same sample for the same index and must be safe to call from
 * several threads at once: loaders do so. The methods below return views; they copy nothing.
 *
 * @param <T> what a sample is: a {@link HostArray}, a {@link Sample}, a number, a list of these, or
 *     anything that the loader's {@link Batchify} accepts
 */
public interface Dataset<T> {

  /** Number of samples. */
  int size();

  /** Sample {@code index}, from 0 to {@code size() - 1}. */
  T get(int index);

  /** The samples as {@code function} makes them, computed anew each time one is asked for. */
  default <R> Dataset<R> transform(Function<? super T, ? extends R> function) {
    return new Transformed<>(this, function);
  }

  /** The samples for which {@code wanted} holds. Every sample is looked at once, now. */
  default Dataset<T> filter(Predicate<? super T> wanted) {
    int[] kept = IntStream.range(0, size()).filter(i -> wanted.test(get(i))).toArray();
    return new Selection<>(this, kept);
  }

  /**
   * One of {@code count} contiguous parts, as equal in size as possible: the first parts take one
   * sample more where the size is no multiple of {@code count}.
   */
  default Dataset<T> shard(int count, int index) {
    if (count < 1 || index < 0 || index >= count) {
      throw new InvalidArgumentException(
          "shard " + index + " of " + count + " was asked for",
          "shards are numbered from 0 to count - 1",
          "pass a positive count and an index below it");
    }
    int length = size() / count;
    int rest = size() % count;
    int start = length * index + Math.min(index, rest);
    int end = start + length + (index < rest ? 1 : 0);
    return new Selection<>(this, IntStream.range(start, end).toArray());
  }

  /** The first {@code count} samples, or all if there are fewer. */
  default Dataset<T> take(int count) {
    if (count < 0) {
      throw new InvalidArgumentException(
          "take(" + count + ")", "a number of samples is 0 or more", "pass 0 or more");
    }
    return new Selection<>(this, IntStream.range(0, Math.min(count, size())).toArray());
  }

  /** The samples in the order that {@code sampler} gives for its first epoch. */
  default Dataset<T> sample(Sampler sampler) {
    return new Selection<>(this, sampler.order(0));
  }

  /**
   * Remembers every sample once it was made, which pays where samples are costly to make and are
   * visited in many epochs. They must all fit on the heap, and must not be random.
   */
  default Dataset<T> cached() {
    return new Cached<>(this);
  }
}
