package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitMix64Test {
  private static final long SEED = 42;
  private static final int DRAWS = 100_000;

  @Test
  void streamIsAFunctionOfItsKeys() {
    assertThat(SplitMix64.of(SEED, 1, 2).nextLong())
        .isEqualTo(SplitMix64.of(SEED, 1, 2).nextLong());
  }

  @Test
  void keysAndTheirOrderMatter() {
    long[] firsts = {
      SplitMix64.of(SEED).nextLong(),
      SplitMix64.of(SEED, 0).nextLong(),
      SplitMix64.of(SEED, 0, 0).nextLong(),
      SplitMix64.of(SEED, 1, 2).nextLong(),
      SplitMix64.of(SEED, 2, 1).nextLong(),
      SplitMix64.of(SEED + 1, 2, 1).nextLong(),
    };
    assertThat(Arrays.stream(firsts).distinct().count()).isEqualTo(firsts.length);
  }

  @Test
  void theStreamStaysWhatItWas() {
    // Stored data orders and drawn digits depend on it.
    SplitMix64 random = SplitMix64.of(1, 2);
    assertThat(random.nextLong()).isEqualTo(-1493434606266507440L);
  }

  @Test
  void wholeNumbersAreUniform() {
    SplitMix64 random = SplitMix64.of(SEED);
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.nextInt(7)]++;
    }
    double expected = DRAWS / 7.0;
    double chiSquare =
        Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    assertThat(chiSquare).isLessThan(22.5); // 6 degrees of freedom, p = 0.001
  }

  @Test
  void realNumbersFillTheUnitInterval() {
    SplitMix64 random = SplitMix64.of(SEED);
    double[] drawn = random(random::nextDouble);
    assertThat(Arrays.stream(drawn).min().orElseThrow()).isAtLeast(0.0);
    assertThat(Arrays.stream(drawn).max().orElseThrow()).isLessThan(1.0);
    assertThat(Arrays.stream(drawn).average().orElseThrow()).isWithin(0.005).of(0.5);
  }

  @Test
  void bellHasUnitDeviationAndBoundedTails() {
    double[] drawn = random(SplitMix64.of(SEED)::nextBell);
    double mean = Arrays.stream(drawn).average().orElseThrow();
    double variance = Arrays.stream(drawn).map(x -> x * x).average().orElseThrow() - mean * mean;
    assertThat(mean).isWithin(0.015).of(0);
    assertThat(variance).isWithin(0.02).of(1);
    assertThat(Arrays.stream(drawn).map(Math::abs).max().orElseThrow()).isLessThan(3.47);
  }

  @Test
  void shufflingKeepsAllValuesAndMovesThem() {
    int[] values = IntStream.range(0, 100).toArray();
    SplitMix64.of(SEED).shuffle(values);
    assertThat(values).isNotEqualTo(IntStream.range(0, 100).toArray());
    Arrays.sort(values);
    assertThat(values).isEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void allOrdersOfThreeAreEquallyLikely() {
    int[] counts = new int[27];
    SplitMix64 random = SplitMix64.of(SEED);
    for (int i = 0; i < 60_000; i++) {
      int[] values = {0, 1, 2};
      random.shuffle(values);
      counts[values[0] * 9 + values[1] * 3 + values[2]]++;
    }
    int[] used = Arrays.stream(counts).filter(c -> c > 0).toArray();
    assertThat(used).hasLength(6);
    for (int count : used) {
      assertThat((double) count).isWithin(400).of(10_000);
    }
  }

  @Test
  void boundMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> SplitMix64.of(SEED).nextInt(0));
  }

  private static double[] random(DoubleSupplier next) {
    return DoubleStream.generate(next).limit(DRAWS).toArray();
  }
}
