package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DatasetTest {
  private final Dataset<Integer> numbers =
      new SimpleDataset<>(IntStream.range(0, 10).boxed().toList());

  @Test
  void transformIsLazy() {
    AtomicInteger calls = new AtomicInteger();
    Dataset<Integer> doubled =
        numbers.transform(n -> {
          calls.incrementAndGet();
          return 2 * n;
        });
    assertThat(calls.get()).isEqualTo(0);
    assertThat(doubled.get(3)).isEqualTo(6);
    assertThat(doubled.get(3)).isEqualTo(6);
    assertThat(calls.get()).isEqualTo(2);
    assertThat(doubled.size()).isEqualTo(10);
  }

  @Test
  void cachedMakesEachSampleOnce() {
    AtomicInteger calls = new AtomicInteger();
    Dataset<Integer> cached = numbers.transform(n -> n + calls.incrementAndGet()).cached();
    assertThat(cached.get(3)).isEqualTo(4);
    assertThat(cached.get(3)).isEqualTo(4);
    assertThat(calls.get()).isEqualTo(1);
  }

  @Test
  void filterKeepsWhatIsWanted() {
    assertThat(all(numbers.filter(n -> n % 3 == 0))).containsExactly(0, 3, 6, 9).inOrder();
  }

  @Test
  void firstShardsTakeTheRest() {
    assertThat(all(numbers.shard(4, 0))).containsExactly(0, 1, 2).inOrder();
    assertThat(all(numbers.shard(4, 1))).containsExactly(3, 4, 5).inOrder();
    assertThat(all(numbers.shard(4, 2))).containsExactly(6, 7).inOrder();
    assertThat(all(numbers.shard(4, 3))).containsExactly(8, 9).inOrder();
  }

  @Test
  void moreShardsThanSamplesLeaveSomeEmpty() {
    assertThat(all(numbers.take(2).shard(3, 1))).containsExactly(1);
    assertThat(numbers.take(2).shard(3, 2).size()).isEqualTo(0);
  }

  @Test
  void takeGivesTheFirstOrAll() {
    assertThat(all(numbers.take(2))).containsExactly(0, 1).inOrder();
    assertThat(numbers.take(99).size()).isEqualTo(10);
  }

  @Test
  void sampleFollowsTheSampler() {
    assertThat(all(numbers.sample(new SequentialSampler(3, 5)))).containsExactly(5, 6, 7).inOrder();
  }

  @Test
  void impossiblePartsAreRefused() {
    assertThrows(InvalidArgumentException.class, () -> numbers.shard(2, 2));
    assertThrows(InvalidArgumentException.class, () -> numbers.shard(0, 0));
    assertThrows(InvalidArgumentException.class, () -> numbers.take(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> numbers.take(2).get(2));
  }

  @Test
  void transformFirstLeavesTheLabel() {
    LabeledDataset<Integer, Integer> pairs = LabeledDataset.zip(numbers, numbers);
    assertThat(pairs.take(4).transformFirst(n -> "n" + n).get(3)).isEqualTo(new Sample<>("n3", 3));
  }

  @Test
  void viewsOfLabeledDataStayLabeled() {
    LabeledDataset<String, Integer> odd =
        LabeledDataset.zip(numbers, numbers)
            .filter(s -> s.label() % 2 == 1)
            .shard(2, 0)
            .sample(new SequentialSampler(2))
            .cached()
            .transformFirst(String::valueOf);
    assertThat(all(odd)).containsExactly(new Sample<>("1", 1), new Sample<>("3", 3)).inOrder();
  }

  @Test
  void zipWantsEqualSizes() {
    var thrown =
        assertThrows(
            InvalidArgumentException.class, () -> LabeledDataset.zip(numbers, numbers.take(9)));
    assertThat(thrown).hasMessageThat().contains("10 samples but 9 labels");
  }

  @Test
  void arrayDatasetPairsRows() {
    var data =
        new ArrayDataset(
            HostArray.of(new float[] {1, 2, 3, 4}, 2, 2), HostArray.of(new int[] {7, 8}, 2));
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.get(1).data()).isEqualTo(HostArray.of(new float[] {3, 4}, 2));
    assertThat(data.get(1).label()).isEqualTo(HostArray.of(new int[] {8}));
  }

  @Test
  void arrayDatasetWantsOneLabelPerRow() {
    HostArray three = HostArray.of(new float[3], 3);
    HostArray two = HostArray.of(new float[2], 2);
    HostArray scalar = HostArray.of(new float[1]);
    assertThrows(InvalidArgumentException.class, () -> new ArrayDataset(three, two));
    assertThrows(InvalidArgumentException.class, () -> new ArrayDataset(scalar, two));
  }

  @Test
  void rowsOfASingleArrayAreSamples() {
    Dataset<HostArray> rows = ArrayDataset.rowsOf(HostArray.of(new float[] {1, 2, 3}, 3));
    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.get(2).value(0)).isEqualTo(3.0);
  }

  private static <T> List<T> all(Dataset<T> dataset) {
    List<T> samples = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      samples.add(dataset.get(i));
    }
    return samples;
  }
}
