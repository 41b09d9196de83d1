package io.gluonj.graph;

import io.gluonj.op.Op;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A whole training step as one graph: the loss, its gradients, and the updates of the parameters,
 * which become updates of variables.
 */
public final class TrainingGraph {
  /** Keeps the clipping factor finite where all gradients are 0. */
  private static final double TINY = 1e-8;

  private TrainingGraph() {}

  /**
   * How one parameter is updated.
   *
   * @param variable position of the parameter in {@link Graph#inputs()}
   * @param op reads weight, gradient, the state, then the numbers, and changes weight and state
   * @param states types of the state's arrays
   * @param numbers for each number the operator reads, which of the step's numbers it is
   */
  public record Update(int variable, Op op, List<TensorType> states, List<Integer> numbers) {
    public Update {
      states = List.copyOf(states);
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * Joins loss, gradients and updates.
   *
   * @param loss typed; its first output, the loss of each sample, is summed and differentiated
   * @param updates of the parameters to train
   * @param numbers how many float32 numbers a step is given
   * @param clipNorm bound of the norm of all gradients together, if there is one
   * @param scaling how the loss is scaled, if it is. A step with a gradient that is not finite then
   *     changes the factor alone.
   * @return variables: those of {@code loss}; if it is scaled, the factor, the number of good steps
   *     and that of skipped ones; the states of all updates, then the numbers, and the random key,
   *     if one is needed, last; outputs: the mean of the losses, of shape (1,), then the other
   *     outputs of {@code loss}
   * @throws InvalidArgumentException if the loss does not depend on one of the parameters
   */
  public static Graph of(
      Graph loss,
      List<Update> updates,
      int numbers,
      OptionalDouble clipNorm,
      Optional<LossScaling> scaling) {
    Graph expanded = Decompose.forGradient(loss, true);
    Graph prepared = ActivateAfterPooling.apply(expanded);
    List<Integer> wrt = updates.stream().map(Update::variable).toList();
    Differentiate.Joint joint =
        scaling.isPresent()
            ? Differentiate.ofMultiple(prepared, wrt, number("loss_scale"))
            : Differentiate.ofSum(prepared, wrt);
    return new Builder(joint, updates).build(numbers, clipNorm, scaling);
  }

  private static Symbol number(String name) {
    return Symbol.var(
        name, new TensorType(Shape.scalar(), DType.FLOAT32), Symbol.Role.DATA, Map.of());
  }

  private static final class Builder {
    private final Differentiate.Joint joint;
    private final List<Update> updates;
    private final Rewrite same;
    private final List<Symbol> variables;
    private final Map<Symbol, Symbol> changes;

    Builder(Differentiate.Joint joint, List<Update> updates) {
      this.joint = joint;
      this.updates = updates;
      this.same = new Rewrite(joint.graph());
      this.variables =
          new ArrayList<>(
              same.variables().stream()
                  .filter(v -> v.node().role() != Symbol.Role.RANDOM)
                  .toList());
      this.changes = new LinkedHashMap<>(same.updates());
    }

    Graph build(int numbers, OptionalDouble clipNorm, Optional<LossScaling> scaling) {
      List<Tensor> gradients = gradients();
      Scaled scaled = scaling.map(rule -> scaled(rule, gradients)).orElse(null);
      List<List<Symbol>> states = updates.stream().map(this::states).toList();
      List<Symbol> given =
          IntStream.range(0, numbers).mapToObj(i -> added(number("number" + i))).toList();
      List<Tensor> whole = scaled == null ? gradients : scaled.gradients();
      List<Tensor> bounded = clipNorm.isPresent() ? clipped(whole, clipNorm.getAsDouble()) : whole;
      for (int i = 0; i < updates.size(); i++) {
        update(updates.get(i), bounded.get(i), states.get(i), given);
      }
      if (scaled != null) {
        changes.replaceAll((old, now) -> now.where(scaled.finite(), old));
        changes.putAll(scaled.changes());
      }
      same.variables().stream()
          .filter(v -> v.node().role() == Symbol.Role.RANDOM)
          .forEach(variables::add);
      var outputs = new ArrayList<Symbol>();
      for (Value output : joint.graph().outputs().subList(0, joint.outputs())) {
        Symbol symbol = same.symbol(output);
        outputs.add(outputs.isEmpty() ? symbol.mean() : symbol);
      }
      return Graph.of(variables, outputs, changes);
    }

    private Symbol variable(String name, TensorType type) {
      return added(Symbol.var(name, type, Symbol.Role.DATA, Map.of()));
    }

    private Symbol added(Symbol variable) {
      variables.add(variable);
      return variable;
    }

    /**
     * What the gradients of a scaled loss say.
     *
     * @param gradients without the factor
     * @param finite 1 if they all are, else 0; of rank 0
     * @param changes of the factor and the two counts
     */
    private record Scaled(List<Tensor> gradients, Tensor finite, Map<Symbol, Symbol> changes) {}

    /** The factor is the last variable so far; the counts are further ones. */
    private Scaled scaled(LossScaling rule, List<Tensor> gradients) {
      Symbol factor = variables.getLast();
      Symbol good = added(number("good_steps"));
      Symbol skipped = added(number("skipped_steps"));
      Tensor finite = LossScaling.finite(gradients);
      Tensor inverse = factor.rdiv(1);
      List<Tensor> next = rule.next(List.of(factor, good, skipped), finite);
      return new Scaled(
          gradients.stream().map(g -> g.mul(inverse)).toList(),
          finite,
          Map.of(
              factor,
              (Symbol) next.get(0),
              good,
              (Symbol) next.get(1),
              skipped,
              (Symbol) next.get(2)));
    }

    private List<Symbol> states(Update update) {
      Symbol weight = same.variables().get(update.variable());
      return IntStream.range(0, update.states().size())
          .mapToObj(i -> variable(weight.name() + "_state" + i, update.states().get(i)))
          .toList();
    }

    private List<Tensor> gradients() {
      var gradients = new ArrayList<Tensor>();
      var missing = new ArrayList<String>();
      for (int i = 0; i < updates.size(); i++) {
        int at = joint.gradients().get(i);
        if (at < 0) {
          missing.add(same.variables().get(updates.get(i).variable()).name());
        } else {
          gradients.add(same.symbol(joint.graph().outputs().get(at)));
        }
      }
      if (!missing.isEmpty()) {
        throw new InvalidArgumentException(
            "a training step was to be compiled that updates " + String.join(", ", missing),
            "the loss does not depend on them, so that they have no gradient",
            "use them in the forward method, leave them out of the trainer, or set their gradReq to"
                + " NULL");
      }
      return gradients;
    }

    /**
     * All gradients times one factor of at most 1, so that their common norm is at most a bound.
     */
    private static List<Tensor> clipped(List<Tensor> gradients, double bound) {
      Tensor squares =
          gradients.stream().map(g -> g.square().sum()).reduce(Tensor::add).orElseThrow();
      Tensor factor = squares.sqrt().add(TINY).rdiv(bound).minimum(1);
      return gradients.stream().map(g -> g.mul(factor)).toList();
    }

    private void update(Update update, Tensor gradient, List<Symbol> states, List<Symbol> given) {
      var inputs = new ArrayList<Symbol>();
      inputs.add(same.variables().get(update.variable()));
      inputs.add((Symbol) gradient);
      inputs.addAll(states);
      update.numbers().forEach(n -> inputs.add(given.get(n)));
      Op op = update.op();
      List<Symbol> outputs = Symbol.apply(op, "", Origin.NONE, inputs);
      op.updates().forEach((in, out) -> changes.put(inputs.get(in), outputs.get(out)));
    }
  }
}
