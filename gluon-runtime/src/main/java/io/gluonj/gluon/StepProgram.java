package io.gluonj.gluon;

import io.gluonj.graph.Graph;
import io.gluonj.graph.MixedPrecision;
import io.gluonj.graph.TrainingGraph;
import io.gluonj.op.Op;
import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One compiled training step, for inputs of certain types on a device.
 *
 * @param parameters of net and loss, in the order of the graph's variables
 * @param types of the parameters
 * @param scaling the factor on the loss, the number of good steps and that of skipped ones, which
 *     the program changes; none if the loss is not scaled
 * @param trained those that are updated
 * @param rules the operators that update them
 * @param places for each trained parameter, which of the step's numbers its rule is told
 * @param count how many different numbers a step is told
 * @param rescale factor on gradients, which makes those of a sum those of a mean
 */
record StepProgram(
    CompiledFunction function,
    Trainer trainer,
    Device device,
    List<Parameter> parameters,
    List<TensorType> types,
    List<NDArray> scaling,
    List<Parameter> trained,
    List<Op> rules,
    List<List<Integer>> places,
    int count,
    double rescale) {

  /** A number that the rules of several parameters are told at the same position. */
  private record Slot(int position, double value) {}

  /** Compiles what a trace of net and loss found. */
  static StepProgram of(
      String name,
      Trace.Traced traced,
      Trainer trainer,
      Device device,
      OptionalDouble clipNorm,
      Optional<Amp> amp,
      List<NDArray> scaling) {
    Graph loss = traced.graph();
    double rescale = 1.0 / Math.max(1, loss.type(loss.outputs().getFirst()).shape().size());
    Set<Parameter> wanted = new HashSet<>(trainer.trained());
    List<Parameter> trained = traced.parameters().stream().filter(wanted::contains).toList();
    check(trainer, trained);
    int inputs = loss.inputs().size() - traced.parameters().size();
    var updates = new ArrayList<TrainingGraph.Update>();
    var rules = new ArrayList<Op>();
    var numbers = new ArrayList<Slot>();
    for (Parameter parameter : trained) {
      trainer.states().prepare(parameter);
      Optimizer.Step step = trainer.states().next(parameter, parameter.data(device), rescale);
      Op rule = trainer.optimizer().operator(step.state().size());
      var places = new ArrayList<Integer>();
      List<Double> own = trainer.optimizer().numbers(step);
      for (int k = 0; k < own.size(); k++) {
        Slot slot = new Slot(k, own.get(k));
        if (!numbers.contains(slot)) {
          numbers.add(slot);
        }
        places.add(numbers.indexOf(slot));
      }
      rules.add(rule);
      updates.add(
          new TrainingGraph.Update(
              inputs + traced.parameters().indexOf(parameter),
              rule,
              step.state().stream().map(NDArray::type).toList(),
              places));
    }
    // the graph's gradients are those of the sum
    OptionalDouble ofSums =
        clipNorm.isPresent() ? OptionalDouble.of(clipNorm.getAsDouble() / rescale) : clipNorm;
    amp.ifPresent(a -> a.tellIfSlow(device));
    Graph graph =
        TrainingGraph.of(
            amp.map(a -> MixedPrecision.apply(loss, true, a.compute())).orElse(loss),
            updates,
            numbers.size(),
            ofSums,
            amp.flatMap(Amp::lossScaling));
    return new StepProgram(
        new CompiledFunction("training step of " + name, graph, device),
        trainer,
        device,
        traced.parameters(),
        traced.parameterTypes(),
        scaling,
        trained,
        rules,
        updates.stream().map(TrainingGraph.Update::numbers).toList(),
        numbers.size(),
        rescale);
  }

  private static void check(Trainer trainer, List<Parameter> trained) {
    List<Parameter> unused = trainer.trained().stream().filter(p -> !trained.contains(p)).toList();
    if (!unused.isEmpty()) {
      throw new InvalidArgumentException(
          "a training step was to be compiled; the trainer also has "
              + unused.stream().map(Parameter::path).collect(Collectors.joining(", ")),
          "neither the net nor the loss uses them, so that they have no gradient",
          "use them in the forward method, leave them out of the trainer, or set their gradReq to"
              + " NULL");
    }
    for (Parameter parameter : trained) {
      if (parameter.gradReq() == GradReq.ADD) {
        throw new InvalidArgumentException(
            "a training step was to be compiled; parameter "
                + parameter.path()
                + " has gradReq ADD",
            "a compiled step uses each gradient at once and adds up none",
            "set gradReq(GradReq.WRITE), or record, call backward() and trainer.step()");
      }
      if (parameter.listDevices().size() > 1) {
        throw new InvalidArgumentException(
            "a training step was to be compiled; parameter "
                + parameter.path()
                + " lies on "
                + parameter.listDevices(),
            "a compiled step runs on one device",
            "record, call backward() and trainer.step() to train on several devices");
      }
    }
  }

  /** Whether parameters, optimizer and its numbers are still of the form compiled for. */
  boolean fits() {
    for (int i = 0; i < types.size(); i++) {
      if (!parameters.get(i).type().equals(types.get(i))) {
        return false;
      }
    }
    if (!Set.copyOf(trainer.trained()).equals(Set.copyOf(trained))) {
      return false;
    }
    List<Optimizer.Step> steps = steps();
    List<Double> numbers = numbers(steps);
    for (int i = 0; i < steps.size(); i++) {
      Optimizer.Step step = steps.get(i);
      if (!trainer.optimizer().operator(step.state().size()).equals(rules.get(i))) {
        return false;
      }
      List<Double> own = trainer.optimizer().numbers(step);
      for (int k = 0; k < own.size(); k++) {
        if (!own.get(k).equals(numbers.get(places.get(i).get(k)))) {
          return false;
        }
      }
    }
    return true;
  }

  private List<Optimizer.Step> steps() {
    return trained.stream().map(p -> trainer.states().next(p, p.data(device), rescale)).toList();
  }

  /** The different numbers of a step. */
  private List<Double> numbers(List<Optimizer.Step> steps) {
    Double[] numbers = new Double[count];
    for (int i = 0; i < steps.size(); i++) {
      List<Double> own = trainer.optimizer().numbers(steps.get(i));
      for (int k = 0; k < own.size(); k++) {
        numbers[places.get(i).get(k)] = own.get(k);
      }
    }
    return List.of(numbers);
  }

  /** Makes a step. */
  List<NDArray> run(List<NDArray> inputs) {
    List<Optimizer.Step> steps = steps();
    var arguments = new ArrayList<>(inputs);
    parameters.forEach(p -> arguments.add(p.data(device)));
    arguments.addAll(scaling);
    steps.forEach(s -> arguments.addAll(s.state()));
    arguments.addAll(trainer.optimizer().arrays(numbers(steps), device));
    List<NDArray> results;
    try (var _ = Autograd.pause();
        var _ = Autograd.trainMode()) {
      results = function.call(arguments);
    }
    trained.forEach(p -> trainer.states().advance(p, device));
    return results;
  }
}
