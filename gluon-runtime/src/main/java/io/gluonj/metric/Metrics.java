package io.gluonj.metric;

import io.gluonj.registry.Registry;
import java.util.List;
import java.util.function.Supplier;

/** The metrics that can be asked for by MXNet's names. */
public final class Metrics {
  private static final Registry<Supplier<? extends Metric>> ALL =
      new Registry<Supplier<? extends Metric>>("metric")
          .add(Accuracy::new, "accuracy", "acc")
          .add(() -> new TopKAccuracy(5), "top_k_accuracy", "top_k_acc")
          .add(MeanAbsoluteError::new, "mae")
          .add(MeanSquaredError::new, "mse")
          .add(RootMeanSquaredError::new, "rmse")
          .add(CrossEntropy::new, "cross-entropy", "ce")
          .add(Loss::new, "loss");

  private Metrics() {}

  static Metric of(String name) {
    return ALL.find(name).get();
  }

  /** Makes an own metric known by name. */
  public static void register(String name, Supplier<? extends Metric> factory) {
    ALL.add(factory, name);
  }

  /** All names, sorted. */
  public static List<String> names() {
    return ALL.names();
  }
}
