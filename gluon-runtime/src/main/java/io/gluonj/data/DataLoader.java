package io.gluonj.data;

import io.gluonj.types.ClosedException;
import io.gluonj.types.InvalidArgumentException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Gives the batches of a data set, epoch after epoch, made ahead of time by worker threads.
 *
 * <pre>{@code
 * try (var train = DataLoader.of(digits).batchSize(64).shuffle(seed).workers(2).build()) {
 *   for (int epoch = 0; epoch < 5; epoch++) {
 *     for (Batch batch : train) {
 *       try (batch) { … }
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Each iteration is one epoch, with an order of its own if the data are shuffled. Batches and
 * their order do not depend on the number of workers. If the data set throws, the loop gets a
 * {@link SampleException} with the index. A loop may be left early; what was made ahead is freed
 * when the next iteration starts or the loader is closed. One iteration at a time: starting another
 * one ends the first.
 *
 * <p>Closing stops the workers, waits for them and frees all batches that were not handed out;
 * batches that were handed out belong to the receiver. Idle workers end by themselves after a
 * while.
 *
 * @param <T> what a sample is
 */
public final class DataLoader<T> implements Iterable<Batch>, AutoCloseable {
  private final BatchMaker<T> maker;
  private final BatchSampler batches;
  private final @Nullable WorkerThreads workers;
  private final int prefetch;
  private @Nullable Epoch<T> current;
  private int nextEpoch;
  private boolean closed;

  DataLoader(
      BatchMaker<T> maker, BatchSampler batches, @Nullable WorkerThreads workers, int prefetch) {
    this.maker = maker;
    this.batches = batches;
    this.workers = workers;
    this.prefetch = prefetch;
  }

  /** Describes a loader of {@code dataset}. */
  public static <T> DataLoaderBuilder<T> of(Dataset<T> dataset) {
    return new DataLoaderBuilder<>(dataset);
  }

  /**
   * Starts the next epoch and ends the one before, if it was left early.
   *
   * @throws ClosedException if the loader is closed
   */
  @Override
  public synchronized Iterator<Batch> iterator() {
    if (closed) {
      throw new ClosedException(
          "DataLoader: an iteration was started after close()",
          "its workers have been stopped",
          "build a new loader, or close this one later");
    }
    if (current != null) {
      current.close("epoch " + nextEpoch + " was started meanwhile");
    }
    Epoch<T> epoch = new Epoch<>(maker, batches.batches(nextEpoch), workers, prefetch);
    nextEpoch++;
    current = epoch;
    return epoch;
  }

  /** Number of the epoch that the next iteration gives, from 0. */
  public synchronized int nextEpoch() {
    return nextEpoch;
  }

  /** Makes {@code epoch} the next one, to resume or to repeat training. */
  public synchronized void seek(int epoch) {
    if (epoch < 0) {
      throw new InvalidArgumentException(
          "DataLoader: epoch " + epoch, "epochs are numbered from 0", "pass 0 or more");
    }
    nextEpoch = epoch;
  }

  /** Number of batches in the next epoch. */
  public synchronized int size() {
    return batches.size(nextEpoch);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (current != null) {
      current.close("the loader was closed");
    }
    if (workers != null) {
      workers.close();
    }
  }
}
