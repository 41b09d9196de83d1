package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SamplerTest {
  private static final long SEED = 11;

  @Test
  void sequentialCountsFromItsStart() {
    assertThat(new SequentialSampler(3).order(9)).isEqualTo(new int[] {0, 1, 2});
    assertThat(new SequentialSampler(3, 4).order(0)).isEqualTo(new int[] {4, 5, 6});
  }

  @Test
  void randomOrderIsAFunctionOfSeedAndEpoch() {
    Sampler sampler = new RandomSampler(50, SEED);
    int[] later = sampler.order(3);
    assertThat(sampler.order(0)).isEqualTo(new RandomSampler(50, SEED).order(0));
    assertThat(sampler.order(3)).isEqualTo(later);
    assertThat(sampler.order(3)).isNotEqualTo(sampler.order(4));
    assertThat(sampler.order(3)).isNotEqualTo(new RandomSampler(50, SEED + 1).order(3));
  }

  @Test
  void randomOrderVisitsEverySampleOnce() {
    int[] order = new RandomSampler(50, SEED).order(7);
    Arrays.sort(order);
    assertThat(order).isEqualTo(IntStream.range(0, 50).toArray());
  }

  @Test
  void filterKeepsMatchingIndices() {
    Dataset<String> words = new SimpleDataset<>(List.of("a", "bb", "c", "dd"));
    Sampler sampler = new FilterSampler(words, word -> word.length() == 2);
    assertThat(sampler.size()).isEqualTo(2);
    assertThat(sampler.order(0)).isEqualTo(new int[] {1, 3});
  }

  @Test
  void keepEndsWithASmallerBatch() {
    BatchSampler batches = BatchSampler.of(new SequentialSampler(7), 3, LastBatch.KEEP);
    assertThat(text(batches, 0)).isEqualTo("[0, 1, 2][3, 4, 5][6]");
    assertThat(text(batches, 1)).isEqualTo("[0, 1, 2][3, 4, 5][6]");
  }

  @Test
  void discardDropsTheRest() {
    BatchSampler batches = BatchSampler.of(new SequentialSampler(7), 3, LastBatch.DISCARD);
    assertThat(text(batches, 0)).isEqualTo("[0, 1, 2][3, 4, 5]");
    assertThat(text(BatchSampler.of(new SequentialSampler(2), 3, LastBatch.DISCARD), 0)).isEmpty();
  }

  @Test
  void rolloverOpensTheNextEpochWithTheRest() {
    BatchSampler batches = BatchSampler.of(new SequentialSampler(7), 3, LastBatch.ROLLOVER);
    assertThat(text(batches, 0)).isEqualTo("[0, 1, 2][3, 4, 5]");
    assertThat(text(batches, 1)).isEqualTo("[6, 0, 1][2, 3, 4]");
    assertThat(text(batches, 2)).isEqualTo("[5, 6, 0][1, 2, 3][4, 5, 6]");
    assertThat(text(batches, 3)).isEqualTo(text(batches, 0));
  }

  @Test
  void rolloverGathersEpochsSmallerThanABatch() {
    BatchSampler batches = BatchSampler.of(new SequentialSampler(2), 5, LastBatch.ROLLOVER);
    assertThat(text(batches, 0)).isEmpty();
    assertThat(text(batches, 1)).isEmpty();
    assertThat(text(batches, 2)).isEqualTo("[0, 1, 0, 1, 0]");
    assertThat(text(batches, 3)).isEmpty();
    assertThat(text(batches, 4)).isEqualTo("[1, 0, 1, 0, 1]");
  }

  @ParameterizedTest
  @CsvSource({"10,3", "10,5", "3,10", "1,1", "64,64", "65,64"})
  void rolloverLosesNothingInShuffledEpochs(int samples, int batchSize) {
    Sampler sampler = new RandomSampler(samples, SEED);
    BatchSampler batches = BatchSampler.of(sampler, batchSize, LastBatch.ROLLOVER);
    List<Integer> visited = new ArrayList<>();
    List<Integer> stream = new ArrayList<>();
    for (int epoch = 0; epoch < 9; epoch++) {
      batches.batches(epoch).forEach(batch -> Arrays.stream(batch).forEach(visited::add));
      Arrays.stream(sampler.order(epoch)).forEach(stream::add);
    }
    assertThat(visited).isEqualTo(stream.subList(0, 9 * samples / batchSize * batchSize));
  }

  @ParameterizedTest
  @EnumSource(LastBatch.class)
  void sizeIsTheNumberOfBatches(LastBatch lastBatch) {
    BatchSampler batches = BatchSampler.of(new RandomSampler(17, SEED), 5, lastBatch);
    for (int epoch = 0; epoch < 8; epoch++) {
      assertThat(batches.size(epoch)).isEqualTo(batches.batches(epoch).size());
    }
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThrows(InvalidArgumentException.class, () -> new SequentialSampler(-1));
    assertThrows(InvalidArgumentException.class, () -> new RandomSampler(-1, SEED));
    assertThrows(
        InvalidArgumentException.class,
        () -> BatchSampler.of(new SequentialSampler(3), 0, LastBatch.KEEP));
  }

  private static String text(BatchSampler batches, int epoch) {
    StringBuilder text = new StringBuilder();
    batches.batches(epoch).forEach(batch -> text.append(Arrays.toString(batch)));
    return text.toString();
  }
}
