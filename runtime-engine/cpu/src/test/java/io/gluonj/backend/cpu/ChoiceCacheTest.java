package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

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

  /** An operator that says the shape of its images, of which there may be as many as filters. */
  private static Problem batch(long n) {
    return Problem.of(
        "filter (" + n + ", 3)",
        operand -> operand == 0,
        List.of(TensorType.float32(n, 3), TensorType.float32(64, 3)),
        TYPES);
  }

  private int findNear(long n) {
    return start().findNear(batch(n), NAMES);
  }

  private void storeNear(long n, int chosen) {
    start().storeNear(batch(n), NAMES, chosen);
  }

  @Test
  void aBatchOfAboutTheSameSizeTakesTheChoice() {
    assertThat(findNear(64)).isEqualTo(-1);
    storeNear(64, 1);
    for (long near : new long[] {8, 37, 63, 65, 128}) {
      assertWithMessage("batch of %s", near).that(findNear(near)).isEqualTo(1);
    }
    for (long far : new long[] {1, 7, 129}) {
      assertWithMessage("batch of %s", far).that(findNear(far)).isEqualTo(-1);
    }
  }

  @Test
  void theChoiceOfTheLargestBatchIsKept() {
    storeNear(64, 1);
    storeNear(4, 0);
    assertThat(findNear(60)).isEqualTo(1);
    storeNear(200, 0);
    assertThat(findNear(60)).isEqualTo(0);
  }

  @Test
  void aChoiceForSomeBatchIsNoneForTheseTypes() {
    storeNear(2, 1);
    assertThat(start().find(batch(2).what(), TYPES, TYPES, NAMES)).isEqualTo(-1);
  }

  @Test
  void aPositionBeyondTheCandidatesIsIgnored() {
    start().store(OPERATOR, TYPES, TYPES, NAMES, 7);
    assertThat(find(TYPES, NAMES)).isEqualTo(-1);
  }
}
