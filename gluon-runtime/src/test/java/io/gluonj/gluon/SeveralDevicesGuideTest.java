package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.data.Batch;
import io.gluonj.data.DataLoader;
import io.gluonj.data.Sample;
import io.gluonj.data.SimpleDataset;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to/train-on-several-devices.md: it runs, and the document has it. */
class SeveralDevicesGuideTest {
  private static final String GUIDE = "docs/how-to/train-on-several-devices.md";
  private static final String SOURCE =
      "gluon-runtime/src/test/java/io/gluonj/gluon/SeveralDevicesGuideTest.java";

  @Test
  void theGuideTrains() {
    HybridSequential net =
        new HybridSequential().add(new Dense(8).activation("relu"), new BatchNorm(), new Dense(2));
    var loss = new SoftmaxCrossEntropyLoss();
    var samples =
        IntStream.range(0, 64)
            .mapToObj(i -> new Sample<>(new float[] {i % 2, i % 3, 1}, i % 2))
            .toList();
    List<Double> means = new ArrayList<>();
    try (var loader =
        DataLoader.of(new SimpleDataset<>(samples)).batchSize(16).workers(1).build()) {
      // from here as in the guide
      List<Device> devices = List.of(Device.cpu(0), Device.cpu(1)); // or GPUs
      net.initialize(new Xavier(), devices);
      net.hybridize();
      var trainer = new Trainer(net.collectParams(), "sgd", Map.of("learning_rate", 0.1), "device");
      for (int epoch = 0; epoch < 10; epoch++) {
        double sum = 0;
        for (Batch batch : loader) {
          try (batch;
              var _ = TensorScope.open()) {
            List<NDArray> data = Split.splitAndLoad(batch.data(), devices);
            List<NDArray> labels = Split.splitAndLoad(batch.label(), devices);
            List<NDArray> losses = new ArrayList<>();
            try (var _ = Autograd.record()) {
              for (int i = 0; i < devices.size(); i++) {
                losses.add(loss.call(net.call(data.get(i)), labels.get(i)));
              }
            }
            losses.forEach(NDArray::backward);
            trainer.step(batch.size());
            sum += losses.stream().mapToDouble(l -> l.sum().item()).sum();
          }
        }
        means.add(sum / samples.size());
      }
      assertThat(means.getLast()).isLessThan(means.getFirst() / 2);
      for (Parameter parameter : net.collectParams(Parameter::isDifferentiable)) {
        assertThat(parameter.data(devices.get(1)).toFloats())
            .isEqualTo(parameter.data(devices.get(0)).toFloats());
      }
    }
  }

  @Test
  void theGuideSaysWhatIsTested() throws Exception {
    assertThat(GuideCode.tested(GUIDE, SOURCE)).isGreaterThan(15);
  }
}
