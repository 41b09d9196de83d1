package io.gluonj.gluon;

import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an optimizer remembers of each parameter of a trainer. */
final class TrainerStates {
  private record State(List<NDArray> arrays, long count) {}

  private final Optimizer optimizer;
  private final Map<Parameter, State> states = new HashMap<>();

  TrainerStates(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  void update(Parameter parameter, NDArray weight, double rescale) {
    State before = states.get(parameter);
    List<NDArray> arrays = before == null ? optimizer.createState(weight) : before.arrays();
    State now = new State(arrays, before == null ? 1 : before.count() + 1);
    states.put(parameter, now);
    optimizer.update(
        new Optimizer.Step(
            weight,
            parameter.grad(),
            arrays,
            now.count(),
            optimizer.learningRate() * parameter.lrMult(),
            optimizer.weightDecay() * parameter.wdMult(),
            rescale));
  }
}
