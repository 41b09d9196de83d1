package io.gluonj.gluon;

import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.GradReq;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Applies an optimizer to a set of parameters (Gluon: {@code Trainer}). Gradients are sums over the
 * batch; {@link #step} divides them by its size.
 */
public final class Trainer {
  private final List<Parameter> parameters;
  private final Optimizer optimizer;
  private final TrainerStates states;

  /**
   * Trains with an optimizer given by MXNet's name and keyword arguments.
   *
   * @param options for example {@code Map.of("learning_rate", 0.1, "momentum", 0.9)}
   */
  public Trainer(ParameterDict parameters, String optimizer, Map<String, ?> options) {
    this(parameters, Optimizer.of(optimizer, options));
  }

  public Trainer(ParameterDict parameters, Optimizer optimizer) {
    this(
        parameters.values().stream().sorted(Comparator.comparing(Parameter::name)).toList(),
        optimizer);
  }

  /** Trains with an optimizer given by MXNet's name and keyword arguments. */
  public Trainer(Collection<Parameter> parameters, String optimizer, Map<String, ?> options) {
    this(parameters, Optimizer.of(optimizer, options));
  }

  public Trainer(Collection<Parameter> parameters, Optimizer optimizer) {
    if (parameters.isEmpty()) {
      throw new InvalidArgumentException(
          "a trainer was made for no parameters",
          "there is nothing to train",
          "pass net.collectParams() of a block that has parameters");
    }
    this.parameters = List.copyOf(parameters);
    this.optimizer = optimizer;
    this.states = new TrainerStates(this.parameters, optimizer);
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
   * Updates all parameters by the gradients of the last backward.
   *
   * @param batchSize number of samples the gradients were summed over
   * @param ignoreStaleGrad whether parameters without a new gradient are passed over
   * @throws InvalidArgumentException if a parameter has no new gradient; nothing is changed then
   */
  public void step(int batchSize, boolean ignoreStaleGrad) {
    allreduceGrads();
    update(batchSize, ignoreStaleGrad);
  }

  /**
   * Sums the gradients of all devices, as the first half of a step. A parameter lies on one device
   * in this version, so there is nothing to sum.
   */
  public void allreduceGrads() {
    for (Parameter parameter : parameters) {
      List<Device> devices = parameter.listDevices();
      if (devices.size() > 1) {
        throw new InvalidArgumentException(
            parameter.path() + " lies on " + devices,
            "gradients are not summed over devices in this version",
            "initialize the block on one device");
      }
    }
  }

  /** The second half of a step: updates by the gradients as they are, for example clipped. */
  public void update(int batchSize, boolean ignoreStaleGrad) {
    if (batchSize < 1) {
      throw new InvalidArgumentException(
          "step(" + batchSize + ")", "gradients are divided by the batch size", "pass 1 or more");
    }
    List<Parameter> trained = parameters.stream().filter(p -> p.gradReq() != GradReq.NULL).toList();
    List<Parameter> stale =
        trained.stream().filter(p -> p.isDeferred() || !p.data().hasFreshGrad(false)).toList();
    if (!stale.isEmpty() && !ignoreStaleGrad) {
      throw StaleGradients.error(stale, trained.size());
    }
    for (Parameter parameter : trained) {
      if (!parameter.isDeferred() && parameter.data().hasFreshGrad(true)) {
        states.update(parameter, parameter.data(), 1.0 / batchSize);
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
   * numbers and names to the same path with {@code .json} at its end.
   */
  public void saveStates(Path file) {
    states.save(file);
  }

  /**
   * Reads what {@link #saveStates} wrote.
   *
   * @throws InvalidArgumentException if it does not belong to these parameters and this rule;
   *     nothing is changed then
   */
  public void loadStates(Path file) {
    states.load(file);
  }
}
