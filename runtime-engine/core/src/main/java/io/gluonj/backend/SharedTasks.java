package io.gluonj.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Independent tasks that idle processors begin while the caller does something else; what nobody
 * has begun the caller does itself. Whoever does them, results and failures are the same.
 */
final class SharedTasks<T> {
  private sealed interface Outcome<T> {
    record Done<T>(T result) implements Outcome<T> {}

    record Failed<T>(Throwable cause) implements Outcome<T> {}
  }

  private final List<Supplier<T>> tasks;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicReferenceArray<@Nullable Outcome<T>> outcomes;
  private final CountDownLatch pending;

  SharedTasks(List<Supplier<T>> tasks) {
    this.tasks = List.copyOf(tasks);
    this.outcomes = new AtomicReferenceArray<>(tasks.size());
    this.pending = new CountDownLatch(tasks.size());
  }

  /** Lets idle threads of the common pool begin. */
  void offer() {
    int helpers = Math.min(tasks.size(), Runtime.getRuntime().availableProcessors() - 1);
    for (int i = 0; i < helpers; i++) {
      ForkJoinPool.commonPool().execute(this::work);
    }
  }

  /** Begins none of those that nobody has begun; there will be no {@link #results}. */
  void abandon() {
    begun.set(tasks.size());
  }

  private void work() {
    for (int i = begun.getAndIncrement(); i < tasks.size(); i = begun.getAndIncrement()) {
      try {
        outcomes.set(i, new Outcome.Done<>(tasks.get(i).get()));
      } catch (Throwable t) { // thrown by results()
        outcomes.set(i, new Outcome.Failed<>(t));
      }
      pending.countDown();
    }
  }

  /**
   * The results in the order of the tasks, when all are done.
   *
   * @throws RuntimeException what the first task that failed has thrown
   */
  List<T> results() {
    work();
    await();
    var results = new ArrayList<T>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.Done<T>(T result) -> results.add(result);
        case Outcome.Failed<T>(RuntimeException e) -> throw e;
        case Outcome.Failed<T>(Error e) -> throw e;
        case Outcome.Failed<T>(Throwable t) ->
            throw new AssertionError("suppliers throw no checked exceptions", t);
        case null -> throw new AssertionError("task " + i + " was counted but not done");
      }
    }
    return results;
  }

  /** Waits for tasks that others have begun; an interrupt is kept for whoever asks for it. */
  private void await() {
    boolean interrupted = false;
    while (true) {
      try {
        pending.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
