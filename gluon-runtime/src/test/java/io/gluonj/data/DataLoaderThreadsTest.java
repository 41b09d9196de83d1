package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.backend.Backends;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.ClosedException;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures, early ends, closing, and what becomes of threads and arrays. */
@Timeout(60)
final class DataLoaderThreadsTest {
  private final Dataset<Integer> numbers =
      new SimpleDataset<>(IntStream.range(0, 100).boxed().toList());
  private final Queue<NDArray> made = new ConcurrentLinkedQueue<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Stacks, and notes the thread and what it made. */
  private List<NDArray> noted(List<? extends Integer> samples, Device device) {
    threads.add(Thread.currentThread());
    List<NDArray> arrays = Batchify.<Integer>stack().apply(samples, device);
    made.addAll(arrays);
    return arrays;
  }

  private DataLoaderBuilder<Integer> loader(Dataset<Integer> dataset, int workers) {
    return DataLoader.of(dataset)
        .batchSize(10)
        .workers(workers)
        .batchify(this::noted)
        .device(Device.reference());
  }

  private static Dataset<Integer> failingAt(int bad) {
    return new SimpleDataset<>(IntStream.range(0, 100).boxed().toList())
        .transform(n -> {
          if (n == bad) {
            throw new IllegalStateException("no picture");
          }
          return n;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void failureArrivesWithTheIndexAfterTheGoodBatches(int workers) {
    try (var loader = loader(failingAt(57), workers).build()) {
      AtomicInteger good = new AtomicInteger();
      var thrown =
          assertThrows(
              SampleException.class,
              () -> {
                for (Batch batch : loader) {
                  batch.close();
                  good.incrementAndGet();
                }
              });
      assertThat(good.get()).isEqualTo(5);
      assertThat(thrown.index()).isEqualTo(57);
      assertThat(thrown).hasMessageThat().contains("sample 57");
      assertThat(thrown).hasCauseThat().hasMessageThat().isEqualTo("no picture");
      assertThat(thrown.getStackTrace()[0].getClassName()).contains("io.gluonj.data");
    }
    assertEverythingIsFreed();
  }

  @Test
  void failureEndsTheEpochButNotTheLoader() {
    try (var loader = loader(failingAt(5), 2).build()) {
      Iterator<Batch> first = loader.iterator();
      assertThrows(SampleException.class, first::next);
      assertThat(first.hasNext()).isFalse();
      assertThrows(NoSuchElementException.class, first::next);
      assertThrows(SampleException.class, () -> loader.iterator().next());
    }
    assertEverythingIsFreed();
  }

  @Test
  void errorsArriveAsTheyAre() {
    Dataset<Integer> broken =
        numbers.transform(n -> {
          throw new StackOverflowError("deep");
        });
    try (var loader = loader(broken, 2).build()) {
      assertThrows(StackOverflowError.class, () -> loader.iterator().next());
    }
  }

  @Test
  void failingBatchifyIsReported() {
    Batchify<Integer> failing =
        (samples, device) -> {
          throw new IllegalArgumentException("cannot");
        };
    try (var loader = DataLoader.of(numbers).batchSize(10).workers(2).batchify(failing).build()) {
      var thrown = assertThrows(IllegalArgumentException.class, () -> loader.iterator().next());
      assertThat(thrown).hasMessageThat().isEqualTo("cannot");
    }
  }

  @Test
  void indexOutsideTheDataIsNamed() {
    try (var loader =
        DataLoader.of(numbers).batchSize(10).sampler(new SequentialSampler(5, 98)).build()) {
      var thrown = assertThrows(SampleException.class, () -> loader.iterator().next());
      assertThat(thrown.index()).isEqualTo(100);
    }
  }

  @Test
  void theNextBatchIsOnTheDeviceBeforeItIsAskedFor() throws Exception {
    Device device = Device.reference(21);
    CountDownLatch two = new CountDownLatch(2);
    Batchify<Integer> uploaded =
        (samples, target) -> {
          List<NDArray> arrays = noted(samples, target);
          two.countDown();
          return arrays;
        };
    try (var loader =
        DataLoader.of(numbers).batchSize(10).workers(1).batchify(uploaded).device(device).build()) {
      Iterator<Batch> batches = loader.iterator();
      try (Batch first = batches.next()) {
        two.await(); // while a step would run with the first
        assertThat(first.data().device()).isEqualTo(device);
      }
      NDArray ahead = List.copyOf(made).get(1);
      assertThat(ahead.device()).isEqualTo(device);
      assertThat(threads).doesNotContain(Thread.currentThread());
      assertThat(Backends.of(device).memory(device).largest(1).getFirst().owner())
          .isEqualTo(MemoryOwner.BATCH);
      try (Batch second = batches.next()) {
        assertThat(second.data()).isSameInstanceAs(ahead);
      }
    }
    assertThat(device.memory().inUse()).isEqualTo(0);
    assertEverythingIsFreed();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void leavingEarlyAndClosingFreesEverything(int workers) {
    try (var loader = loader(numbers, workers).prefetch(6).build()) {
      for (Batch batch : loader) {
        batch.close();
        break;
      }
    }
    assertEverythingIsFreed();
  }

  @Test
  void theNextIterationFreesWhatTheLastOneLeft() {
    try (var loader = loader(numbers, 2).build()) {
      for (int i = 0; i < 20; i++) {
        for (Batch batch : loader) {
          batch.close();
          break;
        }
      }
      int batches = 0;
      for (Batch batch : loader) {
        batch.close();
        batches++;
      }
      assertThat(batches).isEqualTo(10);
    }
    assertEverythingIsFreed();
  }

  @Test
  void anIterationThatWasReplacedSaysSo() {
    try (var loader = loader(numbers, 1).build()) {
      Iterator<Batch> first = loader.iterator();
      first.next().close();
      loader.iterator().next().close();
      assertThat(assertThrows(ClosedException.class, first::hasNext))
          .hasMessageThat()
          .contains("epoch 1 was started meanwhile");
      assertThrows(ClosedException.class, first::next);
    }
    assertEverythingIsFreed();
  }

  @Test
  void aFinishedIterationStaysFinished() {
    try (var loader = loader(numbers, 1).build()) {
      Iterator<Batch> first = loader.iterator();
      first.forEachRemaining(Batch::close);
      loader.iterator().next().close();
      assertThat(first.hasNext()).isFalse();
    }
  }

  @Test
  void aClosedLoaderRefusesToIterate() {
    var loader = loader(numbers, 2).build();
    Iterator<Batch> open = loader.iterator();
    loader.close();
    loader.close();
    assertThrows(ClosedException.class, loader::iterator);
    assertThrows(ClosedException.class, open::next);
  }

  @Test
  void prefetchBoundsTheWorkAhead() {
    AtomicInteger begun = new AtomicInteger();
    Dataset<Integer> counted =
        numbers.transform(n -> {
          begun.incrementAndGet();
          return n;
        });
    try (var loader = loader(counted, 3).prefetch(3).build()) {
      Iterator<Batch> batches = loader.iterator();
      assertThat(begun.get()).isEqualTo(0);
      for (int taken = 1; taken <= 10; taken++) {
        batches.next().close();
        assertThat(begun.get()).isAtMost(10 * (taken + 3));
      }
    }
  }

  @Test
  void closingWakesAConsumerAndInterruptsItsWorker() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    Dataset<Integer> stuck =
        numbers.transform(n -> {
          try {
            waiting.countDown();
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return n;
        });
    var loader = loader(stuck, 1).build();
    Iterator<Batch> batches = loader.iterator();
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread consumer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                batches.next().close();
              } catch (ClosedException e) {
                seen.set(e);
              }
            });
    waiting.await();
    loader.close();
    consumer.join();
    assertThat(seen.get()).isInstanceOf(ClosedException.class);
    assertEverythingIsFreed();
  }

  @Test
  void anInterruptedConsumerKeepsItsMark() {
    CountDownLatch never = new CountDownLatch(1);
    Dataset<Integer> stuck =
        numbers.transform(n -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return n;
        });
    try (var loader = loader(stuck, 1).build()) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedException.class, () -> loader.iterator().next());
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void workersAreDaemonsOfTheAskedNumber() {
    try (var loader = loader(numbers, 3).build()) {
      for (int i = 0; i < 5; i++) {
        loader.forEach(Batch::close);
      }
    }
    List<Thread> seen = new ArrayList<>(threads);
    assertThat(seen.size()).isAtMost(3);
    assertThat(seen.stream().allMatch(Thread::isDaemon)).isTrue();
    assertThat(seen).doesNotContain(Thread.currentThread());
  }

  @Test
  void withoutWorkersTheCallerDoesTheWork() {
    try (var loader = loader(numbers, 0).build()) {
      loader.forEach(Batch::close);
    }
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  /** All arrays made were closed, and no worker is alive. */
  private void assertEverythingIsFreed() {
    assertThat(made.stream().filter(array -> !array.isClosed()).count()).isEqualTo(0);
    threads.remove(Thread.currentThread());
    assertThat(threads.stream().filter(Thread::isAlive).toList()).isEmpty();
  }
}
