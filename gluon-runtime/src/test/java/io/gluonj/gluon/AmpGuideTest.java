package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to/train-in-mixed-precision.md: it runs, and the document has it. */
class AmpGuideTest {
  private static final String GUIDE = "docs/how-to/train-in-mixed-precision.md";
  private static final String SOURCE =
      "gluon-runtime/src/test/java/io/gluonj/gluon/AmpGuideTest.java";

  @Test
  void theGuideTrains() {
    int batchSize = 8;
    HybridSequential net =
        new HybridSequential().add(new Dense(8).activation("relu"), new Dense(2));
    net.initialize(new Xavier(), Device.cpu(), Shape.of(1, 4));
    NDArray data = NDArray.of(new Generator(1).normal(32, 0, 1), Shape.of(8, 4), Device.cpu());
    NDArray label = NDArray.of(new float[batchSize], Shape.of(batchSize), Device.cpu());
    var trainer = new Trainer(net.collectParams(), new Sgd(0.1));
    var loopTrainer = new Trainer(net.collectParams(), new Sgd(0.1));
    var loss = new SoftmaxCrossEntropyLoss();
    // from here as in the guide
    TrainingStep step = trainer.compile(net, new SoftmaxCrossEntropyLoss()).amp(Amp.bfloat16());
    NDArray mean = step.call(data, label); // float32, as the parameters
    net.hybridize(Amp.bfloat16()); // to predict alike
    NDArray scores = net.call(data);
    assertThat(mean.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(scores.dtype()).isEqualTo(DType.FLOAT32);
    TrainingStep half =
        trainer
            .compile(net, new SoftmaxCrossEntropyLoss())
            .amp(Amp.float16().scalingLoss(1024, 500));
    half.call(data, label);
    long skipped = half.skippedSteps(); // waits for the step, as lossScale() does
    assertThat(skipped).isEqualTo(0);
    LossScaler scaler = Amp.float16().lossScaler();
    net.hybridize(Amp.float16());
    NDArray scaled;
    try (var _ = Autograd.record()) {
      scaled = scaler.scale(loss.call(net.call(data), label));
    }
    scaled.backward();
    boolean updated = scaler.step(loopTrainer, batchSize); // instead of loopTrainer.step
    assertThat(updated).isEqualTo(scaler.skippedSteps() == 0);
  }

  @Test
  void theGuideSaysWhatIsTested() throws Exception {
    assertThat(GuideCode.tested(GUIDE, SOURCE)).isGreaterThan(15);
  }
}
