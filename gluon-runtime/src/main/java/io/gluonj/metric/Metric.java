package io.gluonj.metric;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Accumulates how good predictions are.
 *
 * <pre>{@code
 * Metric accuracy = new Accuracy();
 * for (Batch batch : testData) {
 *   accuracy.update(batch.label(), net.call(batch.data()));
 * }
 * System.out.println(accuracy);          // accuracy 0.9912
 * }</pre>
 */
public interface Metric {
  /** Which values are good. */
  enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER
  }

  /** MXNet's name, for example {@code accuracy}. */
  String name();

  /** Which values are good: what early stopping and checkpoints need to know. */
  Direction direction();

  /**
   * Takes one batch into account.
   *
   * @throws InvalidArgumentException if the shapes do not fit this metric; nothing is counted then
   */
  void update(NDArray labels, NDArray predictions);

  /** The value over all batches since the last {@link #reset}; NaN if there was none. */
  double get();

  /** Starts anew. */
  void reset();

  /** Takes several arrays into account, label by label. */
  default void update(List<NDArray> labels, List<NDArray> predictions) {
    if (labels.size() != predictions.size()) {
      throw new InvalidArgumentException(
          name() + ": " + labels.size() + " labels and " + predictions.size() + " predictions",
          "each array of predictions is compared with one array of labels",
          "pass lists of equal length");
    }
    for (int i = 0; i < labels.size(); i++) {
      update(labels.get(i), predictions.get(i));
    }
  }

  /** Name and value; for {@link CompositeMetric} one entry for each of its metrics. */
  default Map<String, Double> values() {
    return Map.of(name(), get());
  }

  /**
   * A metric by name ({@code acc}, {@code mse}, {@code ce}, …), or several as one.
   *
   * @throws InvalidArgumentException if a name is unknown
   */
  static Metric of(String... names) {
    return names.length == 1
        ? Metrics.of(names[0])
        : new CompositeMetric(Arrays.stream(names).map(Metrics::of).toList());
  }
}
