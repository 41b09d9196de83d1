package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the loader gives. What its threads do is in {@link DataLoaderThreadsTest}. */
final class DataLoaderTest {
  private static final long SEED = 9;

  private final Dataset<Integer> numbers =
      new SimpleDataset<>(IntStream.range(0, 10).boxed().toList());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void batchesComeInOrder(int workers) {
    try (var loader = loader(numbers).batchSize(4).workers(workers).build()) {
      assertThat(epoch(loader)).containsExactly("0 1 2 3", "4 5 6 7", "8 9").inOrder();
      assertThat(epoch(loader)).containsExactly("0 1 2 3", "4 5 6 7", "8 9").inOrder();
      assertThat(loader.size()).isEqualTo(3);
    }
  }

  @Test
  void shuffledEpochsDifferAndDoNotDependOnWorkers() {
    List<List<String>> expected = epochs(0);
    assertThat(expected.stream().distinct().count()).isEqualTo(5);
    assertThat(epochs(1)).isEqualTo(expected);
    assertThat(epochs(4)).isEqualTo(expected);
  }

  @Test
  void seekRepeatsAnEpoch() {
    List<List<String>> expected = epochs(0);
    try (var loader = loader(numbers).batchSize(3).shuffle(SEED).workers(2).build()) {
      loader.seek(3);
      assertThat(epoch(loader)).isEqualTo(expected.get(3));
      assertThat(loader.nextEpoch()).isEqualTo(4);
      assertThat(epoch(loader)).isEqualTo(expected.get(4));
      assertThrows(InvalidArgumentException.class, () -> loader.seek(-1));
    }
  }

  @Test
  void lastBatchIsDiscardedOrRolledOver() {
    try (var discard =
        loader(numbers).batchSize(4).lastBatch(LastBatch.DISCARD).workers(1).build()) {
      assertThat(epoch(discard)).containsExactly("0 1 2 3", "4 5 6 7").inOrder();
    }
    try (var roll = loader(numbers).batchSize(4).lastBatch(LastBatch.ROLLOVER).workers(1).build()) {
      assertThat(epoch(roll)).containsExactly("0 1 2 3", "4 5 6 7").inOrder();
      assertThat(epoch(roll)).containsExactly("8 9 0 1", "2 3 4 5", "6 7 8 9").inOrder();
    }
  }

  @Test
  void samplersDecideTheOrder() {
    Sampler large = new FilterSampler(numbers, n -> n > 6);
    try (var loader = loader(numbers).batchSize(2).sampler(large).build()) {
      assertThat(epoch(loader)).containsExactly("7 8", "9").inOrder();
    }
    BatchSampler pairs =
        new BatchSampler() {
          @Override
          public List<int[]> batches(int epoch) {
            return List.of(new int[] {epoch, 9}, new int[] {3, 3, 3});
          }

          @Override
          public int size(int epoch) {
            return 2;
          }
        };
    try (var loader = loader(numbers).batchSampler(pairs).build()) {
      assertThat(epoch(loader)).containsExactly("0 9", "3 3 3").inOrder();
      assertThat(epoch(loader)).containsExactly("1 9", "3 3 3").inOrder();
    }
  }

  @Test
  void batchHasDataLabelAndSize() {
    var pairs =
        LabeledDataset.zip(numbers.transform(n -> HostArray.of(new float[6], 2, 3)), numbers);
    try (var loader = loader(pairs).batchSize(4).build();
        Batch batch = loader.iterator().next()) {
      assertThat(batch.size()).isEqualTo(4);
      assertThat(batch.data().shape()).isEqualTo(Shape.of(4, 2, 3));
      assertThat(batch.label().shape()).isEqualTo(Shape.of(4));
      assertThat(batch.arrays()).hasSize(2);
      assertThrows(InvalidArgumentException.class, () -> batch.array(2));
    }
  }

  @Test
  void missingLabelIsExplained() {
    try (var loader = loader(numbers).batchSize(4).build();
        Batch batch = loader.iterator().next()) {
      assertThat(assertThrows(InvalidArgumentException.class, batch::label))
          .hasMessageThat()
          .contains("the samples have no label");
    }
  }

  @Test
  void ownBatchifyIsUsed() {
    Batchify<Integer> sums =
        (samples, device) ->
            Batchify.<Integer>stack()
                .apply(List.of(samples.stream().mapToInt(n -> n).sum()), device);
    try (var loader = loader(numbers).batchSize(5).batchify(sums).workers(2).build()) {
      assertThat(epoch(loader)).containsExactly("10", "35").inOrder();
    }
  }

  @Test
  void contradictionsAreRefused() {
    var sampler = new SequentialSampler(3);
    var batches = BatchSampler.of(sampler, 2, LastBatch.KEEP);
    refused(loader(numbers), "no batch size was given");
    refused(loader(numbers).batchSize(2).shuffle(1).sampler(sampler), "together with");
    refused(loader(numbers).batchSize(2).batchSampler(batches), "together with");
    refused(loader(numbers).shuffle(2).batchSampler(batches), "together with");
    refused(loader(numbers).batchSize(2).prefetch(2), "together with workers(0)");
    refused(loader(numbers.take(0)).batchSize(2), "the data set is empty");
    refused(
        loader(numbers).batchSize(2).sampler(new SequentialSampler(0)),
        "the sampler gives no index");
    assertThrows(InvalidArgumentException.class, () -> loader(numbers).batchSize(0));
    assertThrows(InvalidArgumentException.class, () -> loader(numbers).workers(-1));
    assertThrows(InvalidArgumentException.class, () -> loader(numbers).prefetch(0));
  }

  /** On the reference device, which is always there. */
  private static <T> DataLoaderBuilder<T> loader(Dataset<T> dataset) {
    return DataLoader.of(dataset).device(Device.reference());
  }

  private static void refused(DataLoaderBuilder<?> builder, String message) {
    var thrown = assertThrows(InvalidArgumentException.class, builder::build);
    assertThat(thrown).hasMessageThat().contains(message);
  }

  private List<List<String>> epochs(int workers) {
    List<List<String>> epochs = new ArrayList<>();
    try (var loader = loader(numbers).batchSize(3).shuffle(SEED).workers(workers).build()) {
      for (int i = 0; i < 5; i++) {
        epochs.add(epoch(loader));
      }
    }
    return epochs;
  }

  private static List<String> epoch(DataLoader<?> loader) {
    List<String> batches = new ArrayList<>();
    for (Batch batch : loader) {
      try (batch) {
        StringBuilder text = new StringBuilder();
        for (float value : HostArray.of(batch.data()).floats()) {
          text.append(' ').append((int) value);
        }
        batches.add(text.substring(1));
      }
    }
    return batches;
  }
}
