package io.gluonj.text;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  @Test
  void nearestComesFirst() {
    assertThat(Spelling.nearest("wieght", List.of("bias", "weights", "weight")))
        .containsExactly("weight", "weights")
        .inOrder();
  }

  @Test
  void farNamesAreNotProposed() {
    assertThat(Spelling.didYouMean("x", List.of("momentum"), "leave it out"))
        .isEqualTo("leave it out");
    assertThat(Spelling.didYouMean("momentun", List.of("momentum"), ""))
        .isEqualTo("did you mean momentum?");
  }
}
