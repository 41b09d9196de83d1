package io.gluonj.gluon;

import io.gluonj.gluon.Recompilations.Signature;
import io.gluonj.graph.LossScaling;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A training step compiled as one program: forward pass, loss, gradients, and the optimizer's
 * update of every parameter. Made by {@link Trainer#compile}.
 *
 * <pre>
 * TrainingStep step = trainer.compile(net, new SoftmaxCrossEntropyLoss());
 * for (Batch batch : batches) {
 *   NDArray loss = step.call(batch.data(), batch.label());   // shape (1,): the mean over the batch
 * }
 * </pre>
 *
 * <p>It computes what recording the net and the loss, {@code backward()} and {@code
 * trainer.step(n)} compute, where n is the number of values that the loss has (usually the batch
 * size), so that their mean is minimized. It shares the trainer's states and the optimizer's
 * numbers, which may be changed between steps. It keeps no gradients: {@code Parameter.grad()}
 * stays as it was. It is compiled once for each combination of input shapes, such as that of a
 * last, smaller batch. Steps of one trainer must not run at the same time; calls of one object wait
 * for each other.
 */
public final class TrainingStep {
  /** Programs kept; beyond this number they start anew. */
  private static final int CAPACITY = 16;

  private final Map<Signature, StepProgram> programs = new HashMap<>();
  private final Trainer trainer;
  private final HybridBlock net;
  private final HybridBlock loss;
  private OptionalDouble clipNorm = OptionalDouble.empty();
  private Optional<Amp> amp = Optional.empty();

  /** Factor on the loss, good steps and skipped ones: programs of all shapes share them. */
  private List<NDArray> scaling = List.of();

  private final Recompilations recompilations = new Recompilations();
  private int compilations;

  TrainingStep(Trainer trainer, HybridBlock net, HybridBlock loss) {
    this.trainer = trainer;
    this.net = net;
    this.loss = loss;
  }

  /**
   * Scales all gradients together so that the norm of the mean loss's gradient is at most a bound
   * (Pascanu et al., 2013). To be set before the first step.
   */
  public synchronized TrainingStep clipGlobalNorm(double bound) {
    if (!(bound > 0)) {
      throw new InvalidArgumentException(
          "gradients were to be clipped to the norm " + bound,
          "a norm is positive",
          "pass a bound above 0, or do not clip");
    }
    clipNorm = OptionalDouble.of(bound);
    programs.clear();
    return this;
  }

  /**
   * Computes products of net and loss in a type of half the size; what is given and returned, and
   * what is trained, stays as it is. If the loss is scaled, a step with a gradient that is not
   * finite changes neither parameters nor optimizer states nor running statistics, and halves the
   * factor; it counts as one for {@link #skippedSteps()} and, since nobody waits to see it, for
   * rules that count their updates, such as Adam's. To be set before the first step; the factor
   * starts anew.
   */
  public synchronized TrainingStep amp(Amp precision) {
    amp = Optional.of(precision);
    scaling = List.of();
    programs.clear();
    return this;
  }

  /**
   * The factor on the loss in the next step; 1 if it is not scaled. Waits for the last step.
   *
   * @see Amp#lossScaling()
   */
  public synchronized double lossScale() {
    return scaling.isEmpty()
        ? amp.flatMap(Amp::lossScaling).map(LossScaling::initial).orElse(1.0)
        : scaling.get(0).item();
  }

  /**
   * Number of steps that changed nothing, as a gradient was not finite. Waits for the last step.
   */
  public synchronized long skippedSteps() {
    return scaling.isEmpty() ? 0 : (long) scaling.get(2).item();
  }

  /** Number of programs that have been compiled so far. */
  public synchronized int compilations() {
    return compilations;
  }

  /**
   * Makes a step with a batch.
   *
   * @param data input of the net
   * @param label what the loss compares the net's output with
   * @return the mean of the loss before the step, of shape (1,)
   */
  public NDArray call(NDArray data, NDArray label) {
    return call(List.of(data), List.of(label)).getFirst();
  }

  /**
   * Makes a step with a batch.
   *
   * @param data inputs of the net
   * @param labels further inputs of the loss, after the net's outputs
   * @return the mean loss before the step, of shape (1,), then the net's outputs
   */
  public synchronized List<NDArray> call(List<NDArray> data, List<NDArray> labels) {
    var inputs = new ArrayList<>(data);
    inputs.addAll(labels);
    if (data.isEmpty()) {
      throw new InvalidArgumentException(
          "a training step was called without data",
          "there is nothing to learn from",
          "pass a batch");
    }
    Device device = data.getFirst().device();
    Signature signature = new Signature(inputs.stream().map(NDArray::type).toList(), device);
    StepProgram program = programs.get(signature);
    if (program == null || !program.fits()) {
      program = compile(signature, data.size());
    }
    return program.run(inputs);
  }

  private StepProgram compile(Signature signature, int dataInputs) {
    if (programs.size() >= CAPACITY) {
      programs.clear();
    }
    Trace.Traced traced =
        Trace.run(
            net,
            symbols -> lossThenOutputs(symbols, dataInputs),
            signature.inputs(),
            (block, outputs) -> {});
    traced.refineShapes();
    StepProgram made =
        StepProgram.of(
            net.path(),
            traced,
            trainer,
            signature.device(),
            clipNorm,
            amp,
            amp.flatMap(Amp::lossScaling)
                .map(rule -> scaling(rule, signature.device()))
                .orElse(List.of()));
    recompilations.note(
        "the training step of " + net.path(),
        signature,
        programs.containsKey(signature)
            ? "the optimizer's attributes or the trained parameters change between calls"
            : "");
    programs.put(signature, made);
    compilations++;
    return made;
  }

  private List<NDArray> scaling(LossScaling rule, Device device) {
    if (scaling.isEmpty() || !scaling.getFirst().device().equals(device)) {
      LossScaling.State first = scaling.isEmpty() ? rule.first() : state();
      scaling =
          TensorScope.outside(() ->
              Stream.of(first.factor(), (double) first.good(), (double) first.skipped())
                  .map(value -> NDArray.scalar(value, device))
                  .toList());
    }
    return scaling;
  }

  private LossScaling.State state() {
    double[] values = scaling.stream().mapToDouble(NDArray::item).toArray();
    return new LossScaling.State(values[0], (long) values[1], (long) values[2]);
  }

  private List<Tensor> lossThenOutputs(List<Symbol> inputs, int dataInputs) {
    List<Tensor> outputs = net.callAll(inputs.subList(0, dataInputs));
    var judged = new ArrayList<>(outputs);
    judged.addAll(inputs.subList(dataInputs, inputs.size()));
    var results = new ArrayList<>(loss.callAll(judged));
    results.addAll(outputs);
    return results;
  }
}
