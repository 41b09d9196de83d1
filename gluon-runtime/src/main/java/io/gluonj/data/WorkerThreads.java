package io.gluonj.data;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a loader: daemons, so that they never keep the program alive, and ending when
 * idle, so that a loader nobody closed leaves none behind.
 */
final class WorkerThreads implements Executor, AutoCloseable {
  private static final int IDLE_SECONDS = 5;
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool;

  WorkerThreads(int count) {
    pool =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread);
    pool.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    String name = "gluonj-data-" + number.getAndIncrement();
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    threads.add(thread);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Interrupts the threads and waits until they have ended. */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = false;
    try {
      long deadline = System.nanoTime() + STOP_TIME.toNanos();
      for (Thread thread : threads) {
        while (thread.isAlive()) {
          try {
            if (!thread.join(Duration.ofNanos(deadline - System.nanoTime()))) {
              throw new IllegalStateException(
                  "DataLoader.close: "
                      + thread.getName()
                      + " still runs after "
                      + STOP_TIME.toSeconds()
                      + " seconds; Dataset.get does not return, not even when interrupted");
            }
          } catch (InterruptedException e) {
            interrupted = true; // close() finishes its work first
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
