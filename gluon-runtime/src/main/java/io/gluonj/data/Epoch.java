package io.gluonj.data;

import io.gluonj.types.ClosedException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the data.
 *
 * <p>A bounded number of batches is in the making or waiting, in the order in which they will be
 * handed out. A batch is put in work only when one is taken, so that no thread ever blocks on a
 * full queue, and a loop that was left early holds no thread.
 */
final class Epoch<T> implements Iterator<Batch>, AutoCloseable {
  private final BatchMaker<T> maker;
  private final List<int[]> batches;
  private final @Nullable Executor workers;
  private final int depth;
  private final Queue<CompletableFuture<Batch>> ahead = new ArrayDeque<>();
  private int begun;
  private boolean failed;
  private volatile @Nullable String ended;

  /**
   * @param workers where batches are made; null to make each when it is asked for
   * @param depth how many batches may be ahead of the consumer
   */
  Epoch(BatchMaker<T> maker, List<int[]> batches, @Nullable Executor workers, int depth) {
    this.maker = maker;
    this.batches = batches;
    this.workers = workers;
    this.depth = depth;
  }

  @Override
  public synchronized boolean hasNext() {
    checkOpen();
    return !failed && (begun < batches.size() || !ahead.isEmpty());
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has no more batches");
    }
    Executor executor = workers;
    return executor == null ? made() : taken(executor);
  }

  private Batch made() {
    try {
      return maker.make(batches.get(begun++), () -> ended != null);
    } catch (CancellationException e) {
      checkOpen(); // closed by another thread while the batch was made
      throw e;
    } catch (RuntimeException | Error e) {
      failed = true;
      throw e;
    }
  }

  private Batch taken(Executor executor) {
    CompletableFuture<Batch> first;
    synchronized (this) {
      checkOpen();
      workAhead(executor);
      first = ahead.element();
    }
    Batch batch = awaited(first);
    synchronized (this) {
      checkOpen(); // else close() has closed this batch with the others
      ahead.remove();
      workAhead(executor);
    }
    return batch;
  }

  private void workAhead(Executor executor) {
    while (ahead.size() < depth && begun < batches.size()) {
      int[] indices = batches.get(begun++);
      CompletableFuture<Batch> promise = new CompletableFuture<>();
      ahead.add(promise);
      executor.execute(() -> fulfil(promise, indices));
    }
  }

  private void fulfil(CompletableFuture<Batch> promise, int[] indices) {
    try {
      Batch batch = maker.make(indices, promise::isDone);
      if (!promise.complete(batch)) {
        batch.close(); // the epoch was closed meanwhile: nobody else will
      }
    } catch (Throwable failure) { // whatever it is, the consumer must not wait for ever
      promise.completeExceptionally(failure);
    }
  }

  private Batch awaited(CompletableFuture<Batch> promise) {
    try {
      return promise.get();
    } catch (ExecutionException e) {
      fail();
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close("its thread was interrupted");
      throw closed("its thread was interrupted");
    }
  }

  /** Throws anew what a worker threw, so that the stack shows the consumer too. */
  private static RuntimeException rethrown(@Nullable Throwable failure) {
    return switch (failure) {
      case SampleException sample -> new SampleException(sample.index(), sample.origin());
      case ClosedException ended -> ended;
      case Error error -> throw error;
      case RuntimeException other -> other;
      case null, default -> new IllegalStateException("a worker failed", failure);
    };
  }

  private synchronized void fail() {
    failed = true;
    begun = batches.size();
    discard("a batch failed");
  }

  /** Ends the epoch and frees what was made ahead; a consumer that waits is told {@code reason}. */
  synchronized void close(String reason) {
    boolean exhausted = begun == batches.size() && ahead.isEmpty();
    if (ended == null && !exhausted) {
      ended = reason;
      discard(reason);
    }
  }

  @Override
  public void close() {
    close("it was closed");
  }

  private void discard(String reason) {
    for (CompletableFuture<Batch> promise : ahead) {
      if (!promise.completeExceptionally(closed(reason)) && !promise.isCompletedExceptionally()) {
        promise.join().close();
      }
    }
    ahead.clear();
  }

  private void checkOpen() {
    String reason = ended;
    if (reason != null) {
      throw closed(reason);
    }
  }

  private static ClosedException closed(String reason) {
    return new ClosedException(
        "DataLoader: a batch was asked for, but this iteration has ended",
        reason,
        "iterate anew; for two iterations at the same time use two loaders");
  }
}
