package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps on several weights change what steps on each weight change. */
final class MultiUpdatesTest {
  private static final long SEED = 8;
  private static final List<Double> RATES = List.of(0.1, 0.25);
  private static final List<Double> DECAYS = List.of(0.01, 0.0);

  private static NDArray array(DType type, double[] values) {
    return SampleRun.array(new TensorType(Shape.of(values.length), type), values);
  }

  private static Op several(boolean momentum, boolean wide, boolean preloaded) {
    if (preloaded) {
      return wide
          ? momentum
              ? new MultiUpdates.PreloadedMpSgdMom(0.9, 0.5, 1, 2)
              : new MultiUpdates.PreloadedMpSgd(0.5, 1, 2)
          : momentum
              ? new MultiUpdates.PreloadedSgdMom(0.9, 0.5, 1, 2)
              : new MultiUpdates.PreloadedSgd(0.5, 1, 2);
    }
    return wide
        ? momentum
            ? new MultiUpdates.MpSgdMom(RATES, DECAYS, 0.9, 0.5, 1, 2)
            : new MultiUpdates.MpSgd(RATES, DECAYS, 0.5, 1, 2)
        : momentum
            ? new MultiUpdates.SgdMom(RATES, DECAYS, 0.9, 0.5, 1, 2)
            : new MultiUpdates.Sgd(RATES, DECAYS, 0.5, 1, 2);
  }

  private static Op single(int k, boolean momentum, boolean wide) {
    double lr = RATES.get(k);
    double wd = DECAYS.get(k);
    return wide
        ? momentum
            ? new MomentumUpdates.MpSgdMomUpdate(lr, 0.9, wd, 0.5, 1)
            : new MomentumUpdates.MpSgdUpdate(lr, wd, 0.5, 1)
        : momentum
            ? new OptimizerUpdates.SgdMomUpdate(lr, 0.9, wd, 0.5, 1)
            : new OptimizerUpdates.SgdUpdate(lr, wd, 0.5, 1);
  }

  /** Weight, gradient and states, of which the weight is half as precise if there is a copy. */
  private static List<NDArray> tensors(int k, boolean momentum, boolean wide) {
    Random random = new Random(SEED + k);
    var all = new ArrayList<NDArray>();
    int count = 2 + (momentum ? 1 : 0) + (wide ? 1 : 0);
    for (int i = 0; i < count; i++) {
      DType type = wide && i < 2 ? DType.FLOAT16 : DType.FLOAT32;
      all.add(array(type, random.doubles(3 + k, -3, 3).toArray()));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, false", "true, false, false", "false, true, false", "true, true, false",
    "false, false, true", "true, false, true", "false, true, true", "true, true, true"
  })
  void changeWhatSingleStepsChange(boolean momentum, boolean wide, boolean preloaded) {
    var inputs = new ArrayList<NDArray>();
    for (int k = 0; k < 2; k++) {
      inputs.addAll(tensors(k, momentum, wide));
    }
    int stride = inputs.size() / 2;
    if (preloaded) {
      inputs.add(array(DType.FLOAT32, new double[] {RATES.get(0), RATES.get(1)}));
      inputs.add(array(DType.FLOAT32, new double[] {DECAYS.get(0), DECAYS.get(1)}));
    }
    List<NDArray> results =
        Ops.callAll(several(momentum, wide, preloaded), "", inputs).stream()
            .map(NDArray.class::cast)
            .toList();
    assertThat(results).hasSize(2);
    for (int k = 0; k < 2; k++) {
      List<NDArray> alone = tensors(k, momentum, wide);
      double[] before = alone.getFirst().toDoubles();
      Ops.callAll(single(k, momentum, wide), "", alone);
      assertThat(alone.getFirst().toDoubles()).isNotEqualTo(before);
      assertThat(results.get(k).type()).isEqualTo(alone.getFirst().type());
      for (int i = 0; i < stride; i++) {
        double[] found = inputs.get(k * stride + i).toDoubles();
        double[] wanted = alone.get(i).toDoubles();
        for (int j = 0; j < wanted.length; j++) {
          assertThat(found[j]).isWithin(1e-6).of(wanted[j]);
        }
      }
    }
  }

  @Test
  void everyWeightHasARate() {
    NDArray x = array(DType.FLOAT32, new double[] {1, 2});
    Op op = new MultiUpdates.Sgd(RATES, List.of(0.0), 1, -1, 2);
    var e = assertThrows(ShapeException.class, () -> Ops.callAll(op, "", List.of(x, x, x, x)));
    assertThat(e).hasMessageThat().contains("a rate and a decay each");
  }
}
