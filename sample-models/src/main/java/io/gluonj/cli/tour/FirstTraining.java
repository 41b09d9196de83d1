package io.gluonj.cli.tour;

import io.gluonj.cli.train.Digits;
import io.gluonj.data.Batch;
import io.gluonj.data.DataLoader;
import io.gluonj.gluon.Trainer;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.samples.Mlp;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A few steps of training on drawn digits.
 *
 * @param losses mean loss of each batch before its step
 */
public record FirstTraining(List<Double> losses) implements Finding {
  private static final int BATCH = 50;
  private static final int STEPS = 12;

  static FirstTraining run(Device device) {
    Mlp net = new Mlp(10, 32);
    net.initialize(new Xavier(), device);
    net.hybridize();
    var loss = new SoftmaxCrossEntropyLoss();
    var trainer =
        new Trainer(net.collectParams(), "sgd", Map.of("learning_rate", 0.1, "momentum", 0.9));
    List<Double> means = new ArrayList<>();
    var digits = Digits.drawn(STEPS * BATCH, BATCH, 1).train();
    try (var loader = DataLoader.of(digits).batchSize(BATCH).device(device).build()) {
      for (Batch batch : loader) {
        try (batch;
            var _ = TensorScope.open()) {
          NDArray losses;
          try (var _ = Autograd.record()) {
            losses = loss.call(net.call(batch.data()), batch.label());
          }
          losses.backward();
          trainer.step(batch.size());
          means.add(losses.mean().item());
        }
      }
    }
    return new FirstTraining(List.copyOf(means));
  }

  @Override
  public String title() {
    return "Autograd and the first steps of training";
  }

  @Override
  public List<String> lines() {
    return losses.stream().map(loss -> "mean loss %.4f".formatted(loss)).toList();
  }

  @Override
  public boolean consistent() {
    return losses.size() == STEPS && losses.getLast() < 0.7 * losses.getFirst();
  }
}
