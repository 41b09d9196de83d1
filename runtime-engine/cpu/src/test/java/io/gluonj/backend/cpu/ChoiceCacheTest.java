package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.llvm.ObjectCache;
import io.gluonj.types.TensorType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choices are kept for exactly what they were made for. */
final class ChoiceCacheTest {
  private static final List<TensorType> TYPES = List.of(TensorType.float32(2, 3));
  private static final List<String> NAMES = List.of("first", "second");

  private static final String OPERATOR = "an operator";

  @TempDir private Path folder;

  /** A cache as a new start of the program sees it: nothing but the folder is shared. */
  private ChoiceCache start() {
    return new ChoiceCache(ObjectCache.in(folder));
  }

  private int find(List<TensorType> in, List<String> names) {
    return start().find(OPERATOR, in, TYPES, names);
  }

  @Test
  void aLaterStartFindsTheChoice() {
    assertThat(find(TYPES, NAMES)).isEqualTo(-1);
    start().store(OPERATOR, TYPES, TYPES, NAMES, 1);
    assertThat(find(TYPES, NAMES)).isEqualTo(1);
  }

  @Test
  void aChoiceDoesNotHoldForOtherTypesOrCandidates() {
    start().store(OPERATOR, TYPES, TYPES, NAMES, 1);
    assertThat(find(List.of(TensorType.float32(2, 4)), NAMES)).isEqualTo(-1);
    assertThat(find(TYPES, List.of("first", "third"))).isEqualTo(-1);
  }

  @Test
  void aPositionBeyondTheCandidatesIsIgnored() {
    start().store(OPERATOR, TYPES, TYPES, NAMES, 7);
    assertThat(find(TYPES, NAMES)).isEqualTo(-1);
  }
}
