package io.gluonj.gluon;

import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies an optimizer to a set of parameters (Gluon: {@code Trainer}). Gradients are sums over the
 * batch; {@link #step} divides them by its size.
 *
 * <p>Parameters may lie on several devices. Then each device computes the gradients of its part of
 * the batch, {@link KVStore} says how a step sums them, and each device updates its own copy: with
 * the same gradient and an optimizer state of its own, so that the copies stay equal bit for bit.
 */
public final class Trainer {
  private final List<Parameter> parameters;
  private final Optimizer optimizer;
  private final TrainerStates states;
  private final KVStore kvStore;

  /** Parameters whose gradients have been summed over their devices since their last update. */
  private final Set<Parameter> summed = new HashSet<>();

  /**
   * Trains with an optimizer given by MXNet's name and keyword arguments.
   *
   * @param options for example {@code Map.of("learning_rate", 0.1, "momentum", 0.9)}
   */
  public Trainer(ParameterDict parameters, String optimizer, Map<String, ?> options) {
    this(parameters, Optimizer.of(optimizer, options));
  }

  /**
   * Trains with an optimizer given by MXNet's name and keyword arguments.
   *
   * @param kvStore how gradients are summed over devices: {@code device}, {@code local}, or {@code
   *     none} or null
   */
  public Trainer(
      ParameterDict parameters,
      String optimizer,
      Map<String, ?> options,
      @Nullable String kvStore) {
    this(parameters, Optimizer.of(optimizer, options), KVStore.of(kvStore));
  }

  public Trainer(ParameterDict parameters, Optimizer optimizer) {
    this(parameters, optimizer, KVStore.DEVICE);
  }

  public Trainer(ParameterDict parameters, Optimizer optimizer, KVStore kvStore) {
    this(
        parameters.values().stream().sorted(Comparator.comparing(Parameter::name)).toList(),
        optimizer,
        kvStore);
  }

  /** Trains with an optimizer given by MXNet's name and keyword arguments. */
  public Trainer(Collection<Parameter> parameters, String optimizer, Map<String, ?> options) {
    this(parameters, Optimizer.of(optimizer, options));
  }

  public Trainer(Collection<Parameter> parameters, Optimizer optimizer) {
    this(parameters, optimizer, KVStore.DEVICE);
  }

  public Trainer(Collection<Parameter> parameters, Optimizer optimizer, KVStore kvStore) {
    if (parameters.isEmpty()) {
      throw new InvalidArgumentException(
          "a trainer was made for no parameters",
          "there is nothing to train",
          "pass net.collectParams() of a block that has parameters");
    }
    this.parameters = List.copyOf(parameters);
    this.optimizer = optimizer;
    this.states = new TrainerStates(this.parameters, optimizer);
    this.kvStore = kvStore;
  }

  /**
   * Compiles whole training steps of a net: forward pass, loss, gradients and updates as one
   * program, which is the fastest way to train.
   *
   * @param loss called with the net's outputs, then the labels
   */
  public TrainingStep compile(HybridBlock net, HybridBlock loss) {
    return new TrainingStep(this, net, loss);
  }

  TrainerStates states() {
    return states;
  }

  /** How gradients are summed over devices. */
  public KVStore kvStore() {
    return kvStore;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** The parameters, in the order of their updates. */
  public List<Parameter> parameters() {
    return parameters;
  }

  public double learningRate() {
    return optimizer.learningRate();
  }

  public void learningRate(double rate) {
    optimizer.learningRate(rate);
  }

  /** {@link #step(int, boolean)} that refuses parameters without a new gradient. */
  public void step(int batchSize) {
    step(batchSize, false);
  }

  /**
   * Updates all parameters by the gradients of the last backward: {@link #allreduceGrads}, then
   * {@link #update(int, boolean)}.
   *
   * @param batchSize number of samples the gradients were summed over, on all devices together
   * @param ignoreStaleGrad whether parameters without a new gradient are passed over; of a
   *     parameter on several devices, those without a new gradient then count as having the
   *     gradient 0, and it is passed over only if there is none on any of them
   * @throws InvalidArgumentException if a parameter has no new gradient; nothing is changed then
   */
  public void step(int batchSize, boolean ignoreStaleGrad) {
    check(batchSize, ignoreStaleGrad);
    allreduceGrads();
    apply(batchSize);
  }

  /**
   * Sums the new gradients of all devices and gives each device the sum, as the first half of a
   * step. To be called once for each backward: a second call would sum the sums.
   */
  public void allreduceGrads() {
    if (kvStore == KVStore.NONE) {
      return;
    }
    for (Parameter parameter : trained()) {
      if (!parameter.isDeferred() && parameter.listDevices().size() > 1) {
        allreduce(parameter);
      }
    }
  }

  private void allreduce(Parameter parameter) {
    List<NDArray> fresh =
        parameter.listData().stream()
            .filter(a -> a.hasFreshGrad(false))
            .map(NDArray::grad)
            .toList();
    if (fresh.isEmpty()) {
      return;
    }
    List<NDArray> totals = TensorScope.outside(() -> kvStore.sum(fresh));
    try {
      for (NDArray gradient : parameter.listGrad()) {
        int at = fresh.indexOf(gradient);
        gradient.set(totals.get(Math.max(0, at)));
      }
    } finally {
      totals.forEach(NDArray::close);
    }
    summed.add(parameter);
  }

  /**
   * The second half of a step: updates by the gradients as they are, for example clipped.
   *
   * @throws InvalidArgumentException if a parameter has no new gradient; nothing is changed then
   */
  public void update(int batchSize, boolean ignoreStaleGrad) {
    check(batchSize, ignoreStaleGrad);
    apply(batchSize);
  }

  List<Parameter> trained() {
    return parameters.stream().filter(p -> p.gradReq() != GradReq.NULL).toList();
  }

  void check(int batchSize, boolean ignoreStaleGrad) {
    if (batchSize < 1) {
      throw new InvalidArgumentException(
          "step(" + batchSize + ")", "gradients are divided by the batch size", "pass 1 or more");
    }
    if (!ignoreStaleGrad) {
      StaleGradients.check(trained());
    }
  }

  /** Updates by the gradients divided by a number. */
  void apply(double divisor) {
    for (Parameter parameter : trained()) {
      boolean everywhere = summed.remove(parameter);
      if (!parameter.isDeferred()) {
        states.prepare(parameter);
        for (NDArray weight : parameter.listData()) {
          if (weight.hasFreshGrad(true) || everywhere) {
            states.update(parameter, weight, 1.0 / divisor);
          }
        }
      }
      parameter.value().forgetUse();
    }
  }

  /** Forgets the gradients of the last backward without an update. */
  void skip() {
    for (Parameter parameter : trained()) {
      summed.remove(parameter);
      if (!parameter.isDeferred()) {
        parameter.listData().forEach(weight -> weight.hasFreshGrad(true));
      }
      parameter.value().forgetUse();
    }
  }

  /** Updates by the gradients as they are; refuses parameters without a new gradient. */
  public void update(int batchSize) {
    update(batchSize, false);
  }

  /**
   * Writes what the optimizer remembers: arrays to {@code file} in MXNet's {@code .params} format,
   * numbers and names to the same path with {@code .json} at its end. Of several devices, whose
   * states are equal, the first one's are written.
   */
  public void saveStates(Path file) {
    states.save(file);
  }

  /**
   * Reads what {@link #saveStates} wrote, to all devices of each parameter.
   *
   * @throws InvalidArgumentException if it does not belong to these parameters and this rule;
   *     nothing is changed then
   */
  public void loadStates(Path file) {
    states.load(file);
  }
}
