package io.gluonj.test.e2e;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.Backends;
import io.gluonj.data.Batch;
import io.gluonj.data.DataLoader;
import io.gluonj.data.vision.SyntheticDigits;
import io.gluonj.data.vision.Transforms;
import io.gluonj.gluon.Amp;
import io.gluonj.gluon.Trainer;
import io.gluonj.gluon.TrainingStep;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.metric.Accuracy;
import io.gluonj.samples.LeNet;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The main job in small: an annotated LeNet on drawn digits, on each device. */
@EachDevice
final class LeNetLearnsTest {
  private static final long SEED = 3;

  private final Device device;

  LeNetLearnsTest(Device device) {
    this.device = device;
  }

  private DataLoader<?> loader(int size, boolean train) {
    return DataLoader.of(
            new SyntheticDigits(size, train, SEED).cached().transformFirst(Transforms.mnist()))
        .batchSize(64)
        .shuffle(SEED)
        .device(device)
        .build();
  }

  @Test
  void drawnDigitsAreLearntAndMemoryStaysFlat() {
    Generator.standard().seed(SEED);
    LeNet net = new LeNet();
    net.initialize(new Xavier(), device);
    net.hybridize();
    var loss = new SoftmaxCrossEntropyLoss();
    var trainer =
        new Trainer(net.collectParams(), "sgd", Map.of("learning_rate", 0.05, "momentum", 0.9));
    long arrays = 0;
    long bytes = 0;
    try (DataLoader<?> train = loader(4000, true)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (Batch batch : train) {
          try (batch;
              var _ = TensorScope.open()) {
            NDArray each;
            try (var _ = Autograd.record()) {
              each = loss.call(net.call(batch.data()), batch.label());
            }
            each.backward();
            trainer.step(batch.size());
          }
        }
        if (epoch == 0) {
          arrays = LiveArrays.count();
          bytes = bytesInUse();
        }
      }
    }
    // the collector may meanwhile have found arrays that other tests have forgotten
    assertThat(LiveArrays.count()).isAtMost(arrays);
    assertThat(bytesInUse()).isAtMost(bytes);
    assertThat(accuracy(net)).isGreaterThan(0.9);
  }

  @Test
  void drawnDigitsAreLearntInMixedPrecision() {
    Generator.standard().seed(SEED);
    LeNet net = new LeNet();
    net.initialize(new Xavier(), device);
    var trainer =
        new Trainer(net.collectParams(), "sgd", Map.of("learning_rate", 0.05, "momentum", 0.9));
    TrainingStep step = trainer.compile(net, new SoftmaxCrossEntropyLoss()).amp(Amp.bfloat16());
    try (DataLoader<?> train = loader(4000, true)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (Batch batch : train) {
          try (batch;
              var _ = TensorScope.open()) {
            step.call(batch.data(), batch.label());
          }
        }
      }
    }
    assertThat(accuracy(net)).isGreaterThan(0.9); // in float32
    net.hybridize(Amp.bfloat16());
    assertThat(accuracy(net)).isGreaterThan(0.9);
  }

  private long bytesInUse() {
    return Backends.of(device).memory(device).figures().inUse();
  }

  private double accuracy(LeNet net) {
    Accuracy metric = new Accuracy();
    try (DataLoader<?> test = loader(1000, false)) {
      for (Batch batch : test) {
        try (batch;
            var _ = TensorScope.open()) {
          metric.update(batch.label(), net.call(batch.data()));
        }
      }
    }
    return metric.get();
  }
}
