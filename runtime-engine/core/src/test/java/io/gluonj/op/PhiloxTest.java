package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class PhiloxTest {
  /** Known answers of the authors' own test for 10 rounds (Random123, philox4x32). */
  @Test
  void knownAnswersOfTheAuthorsAreReproduced() {
    assertThat(hex(Philox.words(0, 0, 0, 0, 0, 0)))
        .isEqualTo("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    assertThat(hex(Philox.words(-1, -1, -1, -1, -1, -1)))
        .isEqualTo("408f276d 41c83b0e a20bc7c6 6d5451fd");
    assertThat(
            hex(
                Philox.words(
                    0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0)))
        .isEqualTo("d16cfe09 94fdcceb 5001e420 24126ea1");
  }

  private static String hex(int[] words) {
    return String.join(" ", Arrays.stream(words).mapToObj(w -> String.format("%08x", w)).toList());
  }

  @Test
  void uniformNumbersFillTheUnitInterval() {
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double u = Philox.uniform(42, 7, 0, i);
      assertThat(u >= 0 && u < 1).isTrue();
      assertThat((double) (float) u).isEqualTo(u);
      sum += u;
      squares += u * u;
    }
    assertThat(sum / n).isWithin(0.005).of(0.5);
    assertThat(squares / n).isWithin(0.005).of(1.0 / 3);
  }

  @Test
  void everyPartOfTheKeyCounts() {
    var seen = new HashSet<Double>();
    seen.add(Philox.uniform(1, 1, 1, 1));
    seen.add(Philox.uniform(2, 1, 1, 1));
    seen.add(Philox.uniform(1L << 40, 1, 1, 1));
    seen.add(Philox.uniform(1, 2, 1, 1));
    seen.add(Philox.uniform(1, 1, 2, 1));
    seen.add(Philox.uniform(1, 1, 1, 2));
    seen.add(Philox.uniform(1, 1, 1, 1L << 33));
    assertThat(seen).hasSize(7);
  }
}
