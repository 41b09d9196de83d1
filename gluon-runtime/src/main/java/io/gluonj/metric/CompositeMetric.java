package io.gluonj.metric;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several metrics of the same predictions. Its own {@link #get} and {@link #direction} are those of
 * the first; {@link #values} has them all.
 */
public final class CompositeMetric implements Metric {
  private final List<Metric> metrics;

  /**
   * Combines metrics.
   *
   * @throws InvalidArgumentException if there are none, or two of the same name
   */
  public CompositeMetric(List<? extends Metric> metrics) {
    this.metrics = List.copyOf(metrics);
    long names = metrics.stream().map(Metric::name).distinct().count();
    if (metrics.isEmpty() || names != metrics.size()) {
      throw new InvalidArgumentException(
          "CompositeMetric of " + metrics.stream().map(Metric::name).toList(),
          "its values are told apart by name, and the first one stands for all",
          "pass at least one metric, and each name once");
    }
  }

  public CompositeMetric(Metric... metrics) {
    this(List.of(metrics));
  }

  /** The metrics, in order. */
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public String name() {
    return metrics.stream().map(Metric::name).collect(Collectors.joining("+"));
  }

  @Override
  public Direction direction() {
    return metrics.getFirst().direction();
  }

  @Override
  public void update(NDArray labels, NDArray predictions) {
    metrics.forEach(metric -> metric.update(labels, predictions));
  }

  @Override
  public double get() {
    return metrics.getFirst().get();
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.putAll(metric.values()));
    return values;
  }

  @Override
  public void reset() {
    metrics.forEach(Metric::reset);
  }

  @Override
  public String toString() {
    return metrics.stream().map(Metric::toString).collect(Collectors.joining(", "));
  }
}
