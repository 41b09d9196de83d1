package io.gluonj.loss;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.Test;

/** The CTC loss where paths can be counted by hand: all classes are equally probable. */
@EachDevice(reference = true)
class CTCLossTest {
  private final Device device;

  CTCLossTest(Device device) {
    this.device = device;
  }

  private NDArray array(float[] values, long... dims) {
    return NDArray.of(values, Shape.of(dims), device);
  }

  private NDArray flat(long... dims) {
    return array(new float[(int) Shape.of(dims).size()], dims);
  }

  /** Of {@code paths} paths of {@code steps} steps through three classes. */
  private static float loss(double paths, int steps) {
    return (float) (steps * Math.log(3) - Math.log(paths));
  }

  @Test
  void pathsThatSpellTheLabelAreCounted() {
    NDArray labels = array(new float[] {0, -1, 0, 1, 0, 0, -1, -1}, 4, 2);
    float[] losses = new CTCLoss().call(flat(4, 3, 3), labels).toFloats();
    assertThat(losses)
        .usingTolerance(1e-5)
        .containsExactly(new float[] {loss(6, 3), loss(5, 3), loss(1, 3), loss(1, 3)})
        .inOrder();
  }

  @Test
  void aLabelWithoutEnoughStepsCountsNothing() {
    NDArray predictions = flat(1, 2, 3);
    predictions.attachGrad();
    NDArray loss;
    try (var _ = Autograd.record()) {
      loss = new CTCLoss().call(predictions, array(new float[] {1, 1}, 1, 2));
    }
    loss.backward();
    assertThat(loss.toFloats()).isEqualTo(new float[] {0});
    assertThat(predictions.grad().toFloats()).usingTolerance(0).containsExactly(new float[6]);
  }

  @Test
  void aLabelThatIsNoClassIsNotANumber() {
    NDArray labels = array(new float[] {7, -1, 0, -1}, 2, 2);
    float[] losses = new CTCLoss().call(flat(2, 3, 3), labels).toFloats();
    assertThat(losses[0]).isNaN();
    assertThat(losses[1]).isWithin(1e-5f).of(loss(6, 3));
  }

  @Test
  void lengthsCutPredictionsAndLabelsOff() {
    NDArray labels = array(new float[] {0, 1, 0, 1}, 2, 2);
    NDArray steps = array(new float[] {2, 4}, 2);
    NDArray counts = array(new float[] {2, 1}, 2);
    CTCLoss loss = new CTCLoss().predictionLengths(true).labelLengths(true);
    assertThat(loss.call(flat(2, 4, 3), labels, steps, counts).toFloats())
        .usingTolerance(1e-5)
        .containsExactly(new float[] {loss(1, 2), loss(10, 4)})
        .inOrder();
    assertThat(
            new CTCLoss().labelLengths(true).call(flat(2, 3, 3), labels, counts).toFloats())
        .usingTolerance(1e-5)
        .containsExactly(new float[] {loss(5, 3), loss(6, 3)})
        .inOrder();
  }

  @Test
  void layoutsAndWeights() {
    float[] scores = new float[18];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.sin(i);
    }
    NDArray predictions = array(scores, 2, 3, 3);
    float[] expected =
        new CTCLoss().call(predictions, array(new float[] {0, -1, 1, 0}, 2, 2)).toFloats();
    float[] turned =
        new CTCLoss()
            .layout(CTCLoss.Layout.TNC)
            .labelLayout(CTCLoss.LabelLayout.TN)
            .weight(2)
            .call(
                (NDArray) predictions.transpose(1, 0, 2),
                array(new float[] {0, 1, -1, 0}, 2, 2),
                array(new float[] {1, 0.5f}, 2))
            .toFloats();
    assertThat(turned)
        .usingTolerance(1e-5)
        .containsExactly(new float[] {2 * expected[0], expected[1]})
        .inOrder();
  }

  @Test
  void inputsThatWereNotStatedAreRefused() {
    NDArray labels = array(new float[] {0, 1}, 1, 2);
    NDArray length = array(new float[] {2}, 1);
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> new CTCLoss().call(flat(1, 3, 3), labels, length, length));
    assertThat(e).hasMessageThat().contains("predictionLengths(true)");
    assertThrows(InvalidArgumentException.class, () -> new CTCLoss().batchAxis(2));
  }
}
