package io.gluonj.data;

import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DataLoader} shall do. Settings that contradict each other are refused by {@link
 * #build}.
 *
 * @param <T> what a sample is
 */
public final class DataLoaderBuilder<T> {
  private final Dataset<T> dataset;
  private int batchSize;
  private @Nullable Sampler sampler;
  private @Nullable Long shuffleSeed;
  private @Nullable LastBatch lastBatch;
  private @Nullable BatchSampler batchSampler;
  private Batchify<? super T> batchify = Batchify.stack();
  private Device device = Device.cpu();
  private int workers;
  private int prefetch = -1;

  DataLoaderBuilder(Dataset<T> dataset) {
    this.dataset = dataset;
  }

  /** Number of samples per batch; needed unless there is a batch sampler. */
  public DataLoaderBuilder<T> batchSize(int size) {
    if (size < 1) {
      throw new InvalidArgumentException(
          "batch size " + size, "a batch holds at least one sample", "pass 1 or more");
    }
    this.batchSize = size;
    return this;
  }

  /** Visits the samples in an order that depends on the seed and the epoch. Default: in order. */
  public DataLoaderBuilder<T> shuffle(long seed) {
    this.shuffleSeed = seed;
    return this;
  }

  /** Visits the samples in the order that {@code sampler} gives. */
  public DataLoaderBuilder<T> sampler(Sampler sampler) {
    this.sampler = sampler;
    return this;
  }

  /** What becomes of the samples that fill no batch. Default: {@link LastBatch#KEEP}. */
  public DataLoaderBuilder<T> lastBatch(LastBatch lastBatch) {
    this.lastBatch = lastBatch;
    return this;
  }

  /** Groups samples freely, in place of batch size, shuffling, sampler and last batch. */
  public DataLoaderBuilder<T> batchSampler(BatchSampler batchSampler) {
    this.batchSampler = batchSampler;
    return this;
  }

  /** How samples become arrays. Default: {@link Batchify#stack()}. */
  public DataLoaderBuilder<T> batchify(Batchify<? super T> batchify) {
    this.batchify = batchify;
    return this;
  }

  /** Where the arrays shall live. Default: the processor. */
  public DataLoaderBuilder<T> device(Device device) {
    this.device = device;
    return this;
  }

  /**
   * Number of threads that make batches. Default 0: each batch is made when it is asked for, in the
   * thread that asks.
   */
  public DataLoaderBuilder<T> workers(int count) {
    if (count < 0) {
      throw new InvalidArgumentException(
          "workers " + count, "a number of threads is 0 or more", "pass 0 or more");
    }
    this.workers = count;
    return this;
  }

  /**
   * Number of batches that may be ready or in the making ahead of the loop; bounds the memory they
   * take. Default: twice the number of workers.
   */
  public DataLoaderBuilder<T> prefetch(int batches) {
    if (batches < 1) {
      throw new InvalidArgumentException(
          "prefetch " + batches, "workers need at least one batch to make", "pass 1 or more");
    }
    this.prefetch = batches;
    return this;
  }

  /**
   * The loader.
   *
   * @throws InvalidArgumentException if settings contradict each other, or there are no samples
   */
  public DataLoader<T> build() {
    if (prefetch > 0 && workers == 0) {
      throw contradiction("prefetch(" + prefetch + ")", "workers(0)", "only workers make ahead");
    }
    BatchSampler batches = batchSampler == null ? sliced() : free(batchSampler);
    BatchMaker<T> maker = new BatchMaker<>(dataset, batchify, device);
    WorkerThreads threads = workers == 0 ? null : new WorkerThreads(workers);
    return new DataLoader<>(maker, batches, threads, prefetch > 0 ? prefetch : 2 * workers);
  }

  private BatchSampler free(BatchSampler batches) {
    if (batchSize > 0 || sampler != null || shuffleSeed != null || lastBatch != null) {
      throw contradiction(
          "batchSampler", "batchSize, shuffle, sampler or lastBatch", "it decides all of these");
    }
    return batches;
  }

  private BatchSampler sliced() {
    if (batchSize == 0) {
      throw new InvalidArgumentException(
          "DataLoader: no batch size was given",
          "samples are grouped into batches",
          "call batchSize(64), or batchSampler(…)");
    }
    if (sampler != null && shuffleSeed != null) {
      throw contradiction("sampler", "shuffle", "both say in which order samples are visited");
    }
    Sampler order = sampler;
    if (order == null) {
      order =
          shuffleSeed == null
              ? new SequentialSampler(dataset.size())
              : new RandomSampler(dataset.size(), shuffleSeed);
    }
    if (order.size() == 0) {
      throw new InvalidArgumentException(
          "DataLoader: there are no samples",
          dataset.size() == 0 ? "the data set is empty" : "the sampler gives no index",
          "check the filters and the part of the data set that was taken");
    }
    return BatchSampler.of(order, batchSize, lastBatch == null ? LastBatch.KEEP : lastBatch);
  }

  private static InvalidArgumentException contradiction(String one, String other, String because) {
    return new InvalidArgumentException(
        "DataLoader: " + one + " together with " + other, because, "give only one of them");
  }
}
