package io.gluonj.cli.train;

import io.gluonj.data.Batch;
import io.gluonj.data.DataLoader;
import io.gluonj.data.Dataset;
import io.gluonj.data.HostArray;
import io.gluonj.data.Sample;
import io.gluonj.gluon.Block;
import io.gluonj.metric.Accuracy;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;

/** Counts how many pictures a net classifies rightly. */
public final class Evaluation {
  private static final int BATCH = 250;

  private Evaluation() {}

  /** The share of samples whose highest score is that of their label. */
  public static double accuracy(
      Block net, Dataset<Sample<HostArray, Integer>> samples, Device device) {
    Accuracy accuracy = new Accuracy();
    try (var loader = DataLoader.of(samples).batchSize(BATCH).device(device).workers(1).build()) {
      for (Batch batch : loader) {
        try (batch;
            var _ = TensorScope.open()) {
          accuracy.update(batch.label(), net.call(batch.data()));
        }
      }
    }
    return accuracy.get();
  }
}
