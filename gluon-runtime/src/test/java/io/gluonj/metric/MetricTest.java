package io.gluonj.metric;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final NDArray SCORES =
      array(new float[] {0.3f, 0.7f, 0, 1, 0.4f, 0.6f, 0.5f, 0.5f}, 4, 2);
  private static final NDArray LABELS = array(new float[] {0, 1, 1, 0}, 4);

  private static NDArray array(float[] values, long... shape) {
    return NDArray.of(values, Shape.of(shape), Device.reference());
  }

  @Test
  void accuracyCountsTheFirstLargestScore() {
    Metric accuracy = new Accuracy();
    accuracy.update(LABELS, SCORES);
    assertThat(accuracy.get()).isEqualTo(0.75);
    assertThat(accuracy.toString()).isEqualTo("accuracy 0.7500");
  }

  @Test
  void accuracyTakesClassNumbersAndIntegerLabelsAndColumns() {
    Metric accuracy = new Accuracy();
    accuracy.update(LABELS, array(new float[] {0, 0, 1, 1}, 4));
    assertThat(accuracy.get()).isEqualTo(0.5);
    accuracy.reset();
    NDArray integers =
        NDArray.of(
            MemorySegment.ofArray(new int[] {0, 1, 1, 0}),
            new TensorType(Shape.of(4, 1), DType.INT32),
            Device.reference());
    accuracy.update(integers, SCORES);
    assertThat(accuracy.get()).isEqualTo(0.75);
  }

  @Test
  void accuracyCountsPixelsAlongItsAxis() {
    NDArray scores = array(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0}, 2, 3, 2);
    NDArray labels = array(new float[] {0, 1, 1, 2}, 2, 2);
    Metric accuracy = new Accuracy();
    accuracy.update(labels, scores);
    // sample 0: pixel 0 scores (1,0,1) -> 0, pixel 1 (0,0,0) -> 0; labels 0, 1
    // sample 1: pixel 0 scores (0,1,1) -> 1, pixel 1 (0,1,0) -> 1; labels 1, 2
    assertThat(accuracy.get()).isEqualTo(0.5);
  }

  @Test
  void batchesCountByTheirSize() {
    Metric accuracy = new Accuracy();
    accuracy.update(LABELS, SCORES);
    accuracy.update(array(new float[] {0}, 1), array(new float[] {0, 1}, 1, 2));
    assertThat(accuracy.get()).isEqualTo(0.6);
    Metric error = new RootMeanSquaredError();
    error.update(array(new float[] {0, 0, 0}, 3), array(new float[] {1, 1, 1}, 3));
    error.update(array(new float[] {0}, 1), array(new float[] {3}, 1));
    assertThat(error.get()).isWithin(1e-12).of(Math.sqrt(12 / 4.0));
  }

  @Test
  void nothingSeenIsNotANumber() {
    Metric metric = new Accuracy();
    assertThat(metric.get()).isNaN();
    metric.update(array(new float[0], 0), array(new float[0], 0, 3));
    assertThat(metric.get()).isNaN();
    metric.update(LABELS, SCORES);
    metric.reset();
    assertThat(metric.get()).isNaN();
  }

  @Test
  void topKCountsTheLabelAmongTheHighest() {
    NDArray scores =
        array(new float[] {0.1f, 0.5f, 0.2f, 0.2f, 0.4f, 0.3f, 0.2f, 0.1f, 1, 1, 1, 1}, 3, 4);
    NDArray labels = array(new float[] {2, 3, 1}, 3);
    Metric top2 = new TopKAccuracy(2);
    top2.update(labels, scores);
    // 0.2 is second (the other 0.2 is of a higher class), 0.1 is last, of equal ones 1 is second.
    assertThat(top2.get()).isWithin(1e-12).of(2 / 3.0);
    assertThat(top2.name()).isEqualTo("top_k_accuracy_2");
  }

  @Test
  void topKIsNotFooledByEqualScoresOrNaN() {
    Metric top1 = new TopKAccuracy(1);
    top1.update(array(new float[] {3, 0}, 2), array(new float[] {1, 1, 1, 1, 2, 2, 2, 2}, 2, 4));
    assertThat(top1.get()).isEqualTo(0.5);
    top1.reset();
    float nan = Float.NaN;
    top1.update(array(new float[] {0}, 1), array(new float[] {nan, nan}, 1, 2));
    assertThat(top1.get()).isEqualTo(0);
  }

  @Test
  void errorsAreMeansOverElements() {
    NDArray labels = array(new float[] {1, 2, 3, 4}, 2, 2);
    NDArray predictions = array(new float[] {1, 1, 1, 8}, 2, 2);
    Metric all =
        new CompositeMetric(
            new MeanAbsoluteError(), new MeanSquaredError(), new RootMeanSquaredError());
    all.update(labels, predictions);
    assertThat(all.values())
        .containsExactly("mae", 1.75, "mse", 5.25, "rmse", Math.sqrt(5.25))
        .inOrder();
    assertThat(all.get()).isEqualTo(1.75);
    assertThat(all.direction()).isEqualTo(Metric.Direction.LOWER_IS_BETTER);
    assertThat(all.toString()).isEqualTo("mae 1.7500, mse 5.2500, rmse 2.2913");
  }

  @Test
  void crossEntropyIsOfTheLabelsProbability() {
    Metric metric = new CrossEntropy();
    metric.update(array(new float[] {1, 0}, 2), array(new float[] {0.25f, 0.75f, 0, 1}, 2, 2));
    assertThat(metric.get()).isWithin(1e-5).of((-Math.log(0.75) - Math.log(1e-12)) / 2);
  }

  @Test
  void lossIsTheMeanOfItsValues() {
    Loss loss = new Loss();
    loss.update(array(new float[] {1, 2, 3}, 3));
    loss.update(LABELS, array(new float[] {6}, 1));
    assertThat(loss.get()).isEqualTo(3);
    assertThat(loss.direction()).isEqualTo(Metric.Direction.LOWER_IS_BETTER);
  }

  @Test
  void listsAreTakenPairByPair() {
    Metric accuracy = new Accuracy();
    accuracy.update(List.of(LABELS, LABELS), List.of(SCORES, SCORES));
    assertThat(accuracy.get()).isEqualTo(0.75);
    assertThrows(
        InvalidArgumentException.class,
        () -> accuracy.update(List.of(LABELS), List.of(SCORES, SCORES)));
  }

  @Test
  void updatesAreNotRecorded() {
    NDArray x = array(new float[] {1, 2}, 2);
    x.attachGrad();
    Loss loss = new Loss();
    try (var tape = Autograd.record()) {
      assertThat(tape).isNotNull();
      NDArray y = x.mul(3);
      loss.update(y);
      y.backward();
    }
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {3, 3});
    assertThat(loss.get()).isEqualTo(4.5);
  }

  @Test
  void wrongShapesAreRefusedAndNotCounted() {
    for (Metric metric :
        List.of(new Accuracy(), new TopKAccuracy(2), new MeanSquaredError(), new CrossEntropy())) {
      var e =
          assertThrows(
              InvalidArgumentException.class,
              () -> metric.update(LABELS, array(new float[6], 3, 2)));
      assertThat(e)
          .hasMessageThat()
          .startsWith(metric.name() + ": labels of shape (4,) vs predictions of shape (3, 2)");
      assertThat(e).hasMessageThat().contains("\n  fix      ");
      assertThat(metric.get()).isNaN();
    }
    assertThrows(InvalidArgumentException.class, () -> new Accuracy(3).update(LABELS, SCORES));
    assertThrows(InvalidArgumentException.class, () -> new TopKAccuracy(0));
  }

  @Test
  void metricsAreFoundByName() {
    assertThat(Metric.of("acc")).isInstanceOf(Accuracy.class);
    assertThat(Metric.of("ce")).isInstanceOf(CrossEntropy.class);
    assertThat(Metric.of("acc", "ce").name()).isEqualTo("accuracy+cross-entropy");
    var e = assertThrows(InvalidArgumentException.class, () -> Metric.of("acuracy"));
    assertThat(e).hasMessageThat().contains("did you mean accuracy?");
    assertThrows(InvalidArgumentException.class, () -> Metric.of("acc", "accuracy"));
    assertThrows(InvalidArgumentException.class, () -> Metric.of());
  }
}
