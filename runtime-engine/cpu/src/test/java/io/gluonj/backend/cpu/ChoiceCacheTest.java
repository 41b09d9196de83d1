package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.types.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices are kept for exactly what they were made for. */
final class ChoiceCacheTest {
  private static final List<TensorType> TYPES = List.of(TensorType.float32(2, 3));
  private static final List<String> NAMES = List.of("first", "second");

  /** Unlike every other, so that no earlier run has left a choice. */
  private final String operator = "operator of the test at " + System.nanoTime();

  private int find(List<TensorType> in, List<String> names) {
    return ChoiceCache.find(operator, in, TYPES, names);
  }

  @Test
  void aChoiceIsFoundAgain() {
    assertThat(find(TYPES, NAMES)).isEqualTo(-1);
    ChoiceCache.store(operator, TYPES, TYPES, NAMES, 1);
    assertThat(find(TYPES, NAMES)).isEqualTo(1);
  }

  @Test
  void aChoiceDoesNotHoldForOtherTypesOrCandidates() {
    ChoiceCache.store(operator, TYPES, TYPES, NAMES, 1);
    assertThat(find(List.of(TensorType.float32(2, 4)), NAMES)).isEqualTo(-1);
    assertThat(find(TYPES, List.of("first", "third"))).isEqualTo(-1);
  }

  @Test
  void aPositionBeyondTheCandidatesIsIgnored() {
    ChoiceCache.store(operator, TYPES, TYPES, NAMES, 7);
    assertThat(find(TYPES, NAMES)).isEqualTo(-1);
  }
}
