package io.gluonj.loss;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Block;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTest {
  private static final NDArray SCORES =
      array(new float[] {1, 2, 3, 3, 2, 1, 0, 0, 0, 5, 0, 0}, 4, 3);

  private static NDArray array(float[] values, long... dims) {
    return NDArray.of(values, Shape.of(dims), Device.reference());
  }

  private static double logSumExp(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value);
    }
    return Math.log(sum);
  }

  @Test
  void softmaxCrossEntropyIsOfTheChosenClass() {
    NDArray labels = array(new float[] {2, 0, 1, 2}, 4);
    float[] loss = new SoftmaxCrossEntropyLoss().call(SCORES, labels).toFloats();
    assertThat(loss[0]).isWithin(1e-6f).of((float) (logSumExp(1, 2, 3) - 3));
    assertThat(loss[2]).isWithin(1e-6f).of((float) Math.log(3));
    assertThat(loss[3]).isWithin(1e-6f).of((float) (logSumExp(5, 0, 0) - 0));
  }

  @Test
  void integerLabelsAndColumnsAreTheSameLabels() {
    float[] expected =
        new SoftmaxCrossEntropyLoss().call(SCORES, array(new float[] {2, 0, 1, 2}, 4)).toFloats();
    for (long[] dims : new long[][] {{4}, {4, 1}}) {
      NDArray labels =
          NDArray.of(
              MemorySegment.ofArray(new int[] {2, 0, 1, 2}),
              new TensorType(Shape.of(dims), DType.INT32),
              Device.reference());
      assertThat(new SoftmaxCELoss().call(SCORES, labels).toFloats()).isEqualTo(expected);
    }
  }

  @Test
  void largeScoresDoNotOverflow() {
    NDArray scores = array(new float[] {1000, 0, -1000, 0}, 2, 2);
    NDArray labels = array(new float[] {1, 1}, 2);
    assertThat(new SoftmaxCrossEntropyLoss().call(scores, labels).toFloats())
        .isEqualTo(new float[] {1000, 0});
    NDArray answers = array(new float[] {0, 0, 1, 1}, 2, 2);
    assertThat(new SigmoidBCELoss().call(scores, answers).toFloats())
        .usingTolerance(1e-3)
        .containsExactly(
            new float[] {(float) (1000 + Math.log(2)) / 2, (float) (1000 + Math.log(2)) / 2});
  }

  @Test
  void weightsMultiply() {
    NDArray zero = array(new float[4], 2, 2);
    NDArray x = array(new float[] {2, 2, 4, 4}, 2, 2);
    assertThat(new L2Loss().call(x, zero).toFloats()).isEqualTo(new float[] {2, 8});
    assertThat(new L2Loss().weight(3).call(x, zero).toFloats()).isEqualTo(new float[] {6, 24});
    NDArray weights = array(new float[] {1, 0.5f}, 2, 1);
    assertThat(new L2Loss().call(x, zero, weights).toFloats()).isEqualTo(new float[] {2, 4});
  }

  @Test
  void theBatchAxisIsKept() {
    NDArray x = array(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    NDArray zero = array(new float[6], 2, 3);
    assertThat(new L1Loss().call(x, zero).toFloats()).isEqualTo(new float[] {2, 5});
    assertThat(new L1Loss().batchAxis(1).call(x, zero).toFloats())
        .isEqualTo(new float[] {2.5f, 3.5f, 4.5f});
    assertThat(new L1Loss().call(array(new float[] {3, 4}, 2), array(new float[2], 2)).toFloats())
        .isEqualTo(new float[] {3, 4});
  }

  @Test
  void labelsTakeTheShapeOfPredictions() {
    NDArray x = array(new float[] {1, 2}, 2, 1);
    assertThat(new L1Loss().call(x, array(new float[] {1, 1}, 2)).toFloats())
        .isEqualTo(new float[] {0, 1});
    var e = assertThrows(ShapeException.class, () -> new L1Loss().call(x, array(new float[3], 3)));
    assertThat(e).hasMessageThat().contains("reshape_like");
  }

  @Test
  void stirlingsTermLeavesSmallCountsAlone() {
    NDArray rates = array(new float[] {1, 1, 1}, 3);
    NDArray counts = array(new float[] {0, 1, 4}, 3);
    double stirling = 4 * Math.log(4) - 4 + 0.5 * Math.log(2 * Math.PI * 4);
    double plain = new PoissonNLLLoss().call(rates, counts).item();
    double full = new PoissonNLLLoss().computeFull(true).call(rates, counts).item();
    assertThat(full - plain).isWithin(1e-5).of(stirling / 3);
  }

  @Test
  void theNumberOfInputsIsChecked() {
    var e = assertThrows(InvalidArgumentException.class, () -> new L2Loss().call(SCORES));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            """
            L2Loss was called with 1 inputs
              because  its inputs are predictions, labels, and optionally sample weights
              fix      pass them in this order\
            """);
    assertThrows(InvalidArgumentException.class, () -> new TripletLoss().call(SCORES, SCORES));
  }

  @Test
  void settingsAreChecked() {
    assertThrows(InvalidArgumentException.class, () -> new HuberLoss(0));
    assertThrows(InvalidArgumentException.class, () -> new L2Loss().weight(Double.NaN));
    var e = assertThrows(InvalidArgumentException.class, () -> new LogisticLoss("signd"));
    assertThat(e).hasMessageThat().contains("did you mean signed?");
  }

  @Test
  void lossesAreTracedUnderGluonsNames() {
    Block.restartNames();
    Loss loss = new SoftmaxCrossEntropyLoss();
    Symbol traced = loss.call(Symbol.var("data", Shape.of(4, 3)), Symbol.var("label", Shape.of(4)));
    assertThat(traced.name()).isEqualTo("softmaxcrossentropyloss0_mean0");
    assertThat(loss.toString()).isEqualTo("SoftmaxCrossEntropyLoss(batch_axis=0, w=1.0)");
    assertThat(List.of(new SoftmaxCELoss().name(), new L2Loss().name()))
        .containsExactly("softmaxcrossentropyloss1", "l2loss0")
        .inOrder();
  }
}
