package io.gluonj.data;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a loader: daemons, so that they never keep the program alive, and ending when
 * idle, so that a loader nobody closed leaves none behind.
 */
final class WorkerThreads {
  private static final int IDLE_SECONDS = 5;
  private static final int STOP_SECONDS = 30;

  private WorkerThreads() {}

  static ThreadPoolExecutor start(int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name("gluonj-data-" + number.getAndIncrement())
                    .unstarted(task));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /** Interrupts the threads and waits until they have ended. */
  static void stop(ThreadPoolExecutor workers) {
    workers.shutdownNow();
    boolean interrupted = false;
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
      while (!workers.isTerminated()) {
        try {
          if (!workers.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(
                "DataLoader.close: a worker still runs after "
                    + STOP_SECONDS
                    + " seconds; Dataset.get does not return, not even when interrupted");
          }
        } catch (InterruptedException e) {
          interrupted = true; // close() finishes its work first
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
