package io.gluonj.backend;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same whether others help or not. */
final class SharedTasksTest {
  private static <T> SharedTasks<T> tasks(List<Supplier<T>> tasks, boolean offered) {
    var shared = new SharedTasks<>(tasks);
    if (offered) {
      shared.offer();
    }
    return shared;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachTaskIsDoneOnceAndResultsKeepTheirOrder(boolean offered) {
    var done = new ConcurrentHashMap<Integer, AtomicInteger>();
    List<Supplier<Integer>> tasks =
        IntStream.range(0, 100)
            .<Supplier<Integer>>mapToObj(i ->
                () -> {
                  done.computeIfAbsent(i, k -> new AtomicInteger()).incrementAndGet();
                  return 3 * i;
                })
            .toList();

    assertThat(tasks(tasks, offered).results())
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> 3 * i).toList());
    assertThat(done).hasSize(100);
    assertThat(done.values().stream().mapToInt(AtomicInteger::get).max().orElseThrow())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstFailureIsThrown(boolean offered) {
    List<Supplier<String>> tasks =
        List.of(
            () -> "fine",
            () -> {
              throw new IllegalStateException("second");
            },
            () -> {
              throw new IllegalArgumentException("third");
            });

    var e = assertThrows(IllegalStateException.class, () -> tasks(tasks, offered).results());
    assertThat(e).hasMessageThat().isEqualTo("second");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noTasksHaveNoResults(boolean offered) {
    assertThat(tasks(List.<Supplier<String>>of(), offered).results()).isEmpty();
  }
}
