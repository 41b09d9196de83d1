package io.gluonj.optimizer;

import io.gluonj.op.Op;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;

/**
 * A rule that changes a weight by its gradient. Holds the numbers of the rule; what it remembers of
 * each weight is kept by the caller. The numbers may be changed between steps, without anything
 * being compiled again.
 */
public abstract class Optimizer {
  private final StepNumbers kept = new StepNumbers();
  private double learningRate;
  private double weightDecay;
  private double clipGradient = -1;

  /**
   * Makes a rule.
   *
   * @param learningRate step size
   */
  protected Optimizer(double learningRate) {
    this.learningRate = learningRate;
  }

  /**
   * Finds a rule by MXNet's name.
   *
   * @param name {@code sgd} or {@code adam}
   * @param options MXNet's keyword arguments, such as {@code learning_rate}, {@code momentum},
   *     {@code wd}
   * @throws InvalidArgumentException if there is no such rule or option
   */
  public static Optimizer of(String name, Map<String, ?> options) {
    return OptimizerOptions.read(name, options);
  }

  /** MXNet's name of the rule. */
  public abstract String name();

  public double learningRate() {
    return learningRate;
  }

  public Optimizer learningRate(double rate) {
    learningRate = rate;
    return this;
  }

  /** Factor of the weight itself in each step (MXNet: {@code wd}, default 0). */
  public double weightDecay() {
    return weightDecay;
  }

  public Optimizer weightDecay(double factor) {
    weightDecay = factor;
    return this;
  }

  /** Bound of the magnitude of each gradient element, after scaling; not positive for none. */
  public double clipGradient() {
    return clipGradient;
  }

  public Optimizer clipGradient(double bound) {
    clipGradient = bound;
    return this;
  }

  /** The numbers of the rule under MXNet's names, as {@link #of} reads them. */
  public final Map<String, Double> options() {
    Map<String, Double> values = new LinkedHashMap<>();
    settings().forEach((name, setting) -> values.put(name, setting.get().getAsDouble()));
    return values;
  }

  /**
   * Sets numbers of the rule under MXNet's names.
   *
   * @throws InvalidArgumentException if there is no such number, or a value is not finite
   */
  public final void options(Map<String, ?> options) {
    OptimizerOptions.set(name(), settings(), options);
  }

  /**
   * A number of the rule.
   *
   * @param get reads it
   * @param set changes it
   */
  protected record Setting(DoubleSupplier get, DoubleConsumer set) {}

  /** The numbers of the rule by MXNet's names; a subclass adds its own. */
  protected Map<String, Setting> settings() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    settings.put("learning_rate", new Setting(this::learningRate, this::learningRate));
    settings.put("wd", new Setting(this::weightDecay, this::weightDecay));
    settings.put("clip_gradient", new Setting(this::clipGradient, this::clipGradient));
    return settings;
  }

  /** What the rule remembers of a weight, at the start: zeros of its shape, on its device. */
  public abstract List<NDArray> createState(NDArray weight);

  /**
   * The operator of one update. It reads weight, gradient, the arrays of the state and then {@link
   * #numbers}, each of rank 0, and changes weight and state ({@link Op#updates}).
   *
   * @param states number of arrays of the state
   */
  public abstract Op operator(int states);

  /**
   * What the operator is told in each step, in its order.
   *
   * @param count number of updates of this weight, this one included
   * @param learningRate with the parameter's factor
   * @param weightDecay with the parameter's factor
   * @param rescale factor on the gradient: 1 / batch size
   */
  public abstract List<Double> numbers(
      long count, double learningRate, double weightDecay, double rescale);

  /** Changes the weight and its state in place. */
  public final synchronized void update(Step step) {
    var inputs = new ArrayList<NDArray>();
    inputs.add(step.weight());
    inputs.add(step.gradient());
    inputs.addAll(step.state());
    inputs.addAll(arrays(numbers(step), step.weight().device()));
    Updates.apply(operator(step.state().size()), inputs);
  }

  /** The numbers of an update. */
  public final List<Double> numbers(Step step) {
    return numbers(step.count(), step.learningRate(), step.weightDecay(), step.rescale());
  }

  /** Numbers as arrays of rank 0 on a device; the optimizer keeps them, nobody else closes them. */
  public final synchronized List<NDArray> arrays(List<Double> numbers, Device device) {
    return numbers.stream().map(n -> kept.of(n, device)).toList();
  }

  /**
   * One update of one weight.
   *
   * @param gradient of the weight's shape and type
   * @param state what {@link #createState} made
   * @param count number of updates of this weight, this one included
   * @param learningRate with the parameter's factor
   * @param weightDecay with the parameter's factor
   * @param rescale factor on the gradient: 1 / batch size
   */
  public record Step(
      NDArray weight,
      NDArray gradient,
      List<NDArray> state,
      long count,
      double learningRate,
      double weightDecay,
      double rescale) {}
}
