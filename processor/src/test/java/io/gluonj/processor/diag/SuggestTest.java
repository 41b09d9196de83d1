package io.gluonj.processor.diag;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestTest {

  @Test
  void swappedLettersAreOneEdit() {
    assertThat(Suggest.distance("weigth", "weight")).isEqualTo(1);
    assertThat(Suggest.distance("bais", "bias")).isEqualTo(1);
  }

  @Test
  void distanceCountsInsertionsDeletionsAndChanges() {
    assertThat(Suggest.distance("", "abc")).isEqualTo(3);
    assertThat(Suggest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggest.distance("Units", "units")).isEqualTo(0);
  }

  @Test
  void shortNamesAreNotTakenForEachOther() {
    assertThat(Suggest.near("x", List.of("w", "b"))).isEmpty();
    assertThat(Suggest.near("mask", List.of("bias", "task"))).containsExactly("task");
  }

  @Test
  void nearestComesFirstAndThreeAreEnough() {
    assertThat(
            Suggest.near("channel", List.of("chanel1", "channels", "channel2", "chanel", "units")))
        .containsExactly("chanel", "channel2", "channels")
        .inOrder();
  }

  @Test
  void otherSpellingOfTheCaseIsSuggested() {
    assertThat(Suggest.didYouMean("USEBIAS", List.of("useBias"), "no"))
        .isEqualTo("did you mean 'useBias'?");
  }

  @Test
  void withoutANearNameTheOtherAdviceIsGiven() {
    assertThat(Suggest.didYouMean("foo", List.of("units"), "write ?")).isEqualTo("write ?");
  }
}
