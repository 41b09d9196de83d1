package io.gluonj.test.e2e;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Block;
import io.gluonj.gluon.Trainer;
import io.gluonj.gluon.TrainingStep;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.L2Loss;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridLambda;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.AnomalyException;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first operator that makes a NaN or an infinity is named, however the model runs. */
@EachDevice(reference = true)
class AnomalyTest {
  private final Device device;

  AnomalyTest(Device device) {
    this.device = device;
  }

  private NDArray array(float... values) {
    return NDArray.of(values, Shape.of(1, values.length), device);
  }

  private static AnomalyException watched(Runnable action) {
    return assertThrows(
        AnomalyException.class,
        () -> {
          try (var _ = Autograd.detectAnomalies()) {
            action.run();
          }
        });
  }

  @Test
  void anEagerOperatorIsNamedWithItsLine() {
    NDArray x = array(1, -2, 4);
    AnomalyException e = watched(() -> x.sqrt());
    assertThat(e.what()).startsWith("sqrt at AnomalyTest.java:");
    assertThat(e.what()).contains("1 NaN, the first at position 1");
    assertThat(e.because()).contains("elements from -2.0 to 4.0");
    assertThat(x.sqrt().toFloats()[1]).isNaN(); // outside nobody looks
  }

  @Test
  void anOperatorInsideACompiledBlockIsNamedWithTheBlock() {
    for (boolean hybrid : new boolean[] {false, true}) {
      HybridSequential net = chain();
      if (hybrid) {
        net.hybridize();
      }
      NDArray x = array(-1, -1);
      net.call(x);
      AnomalyException e = watched(() -> net.call(x));
      assertThat(e.what()).startsWith("log");
      assertThat(e.what()).contains("AnomalyTest.java:");
      assertThat(e.what()).contains("2 NaN");
    }
  }

  private HybridSequential chain() {
    HybridSequential net = new HybridSequential();
    net.add(new HybridLambda(x -> x.mul(2)), new HybridLambda(Tensor::log));
    net.add(new HybridLambda(x -> x.add(1)));
    return net;
  }

  @Test
  void aGradientIsWatchedToo() {
    NDArray x = array(0, 4);
    x.attachGrad();
    NDArray root;
    String line;
    try (var _ = Autograd.detectAnomalies();
        var _ = Autograd.record()) {
      line = here();
      root = x.sqrt();
    }
    AnomalyException e = assertThrows(AnomalyException.class, () -> root.backward());
    assertThat(e.what()).contains("1 infinite");
    assertThat(e.what()).contains(line); // of the forward pass
  }

  @Test
  void aTrainingStepLeavesTheParametersAsTheyWere() {
    HybridSequential net = new HybridSequential();
    net.add(new Dense(2), new HybridLambda(Tensor::log));
    net.initialize(new Xavier(), device, Shape.of(1, 2));
    List<float[]> before = values(net);
    TrainingStep step = new Trainer(net.collectParams(), new Sgd(0.1)).compile(net, new L2Loss());
    NDArray zeros = array(0, 0);
    AnomalyException e = watched(() -> step.call(zeros, zeros)); // the logarithm of 0
    assertThat(e.what()).contains("infinite");
    List<float[]> after = values(net);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
  }

  /** The line after the caller's. */
  private static String here() {
    StackTraceElement caller = new Throwable().getStackTrace()[1];
    return caller.getFileName() + ":" + (caller.getLineNumber() + 1);
  }

  private static List<float[]> values(Block net) {
    return net.collectParams().values().stream().map(p -> p.data().toFloats()).toList();
  }

  @Test
  void badDataIsNotBlamedOnTheOperator() {
    NDArray x = array(1, Float.NaN);
    AnomalyException e = watched(() -> x.add(1));
    assertThat(e.what()).contains("was called with NaN: input ");
    assertThat(e.fix()).contains("look at the data");
  }

  @Test
  void infinitiesMayBePassedOn() {
    NDArray mask = array(0, Float.NEGATIVE_INFINITY);
    try (var _ = Autograd.detectAnomalies()) {
      NDArray masked = mask.add(1);
      assertThat(masked.softmax(-1).toFloats()).isEqualTo(new float[] {1, 0});
    }
    AnomalyException e = watched(() -> mask.sub(mask));
    assertThat(e.what()).contains("1 NaN");
    assertThat(e.because()).contains("1 infinite");
  }

  @Test
  void goodComputationsAreUntouched() {
    NDArray x = array(1, 2);
    x.attachGrad();
    NDArray y;
    try (var _ = Autograd.detectAnomalies();
        var _ = Autograd.record()) {
      y = x.square().sum();
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {2, 4});
    assertThat(Autograd.isRecording()).isFalse();
  }
}
