package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a recorded call of a {@link CompiledFunction} sends gradients back: by its compiled backward
 * graph, or, where the gradients are to be differentiated again, by calling the whole gradient as a
 * function of the original inputs.
 */
final class FunctionRule implements TapeEntry.Rule {
  private final String name;
  private final FunctionPlan.Gradient gradient;
  private final List<TensorType> outputTypes;
  private final Device device;
  private final boolean training;
  private final String caller;
  private final List<TapeEntry.Edge> edges;
  private final List<TensorType> inputTypes;
  private final List<Storage> kept;
  private final List<Storage> arguments;
  private final TapeEntry.Kept holder;

  /**
   * Keeps what the backward pass needs.
   *
   * @param kept the kept values; their use passes to this object
   * @param arguments storages of all inputs, the random key included; retained here
   * @param caller path of the block that called the function
   */
  FunctionRule(
      String name,
      FunctionPlan plan,
      Device device,
      List<NDArray> inputs,
      List<Storage> kept,
      List<Storage> arguments,
      boolean training,
      String caller) {
    this.name = name;
    this.gradient = Objects.requireNonNull(plan.gradient());
    Graph joint = gradient.joint().graph();
    this.outputTypes =
        joint.outputs().subList(0, gradient.joint().outputs()).stream().map(joint::type).toList();
    this.device = device;
    this.training = training;
    this.caller = caller;
    this.edges = inputs.stream().map(TapeEntry.Edge::of).toList();
    this.inputTypes = inputs.stream().map(NDArray::type).toList();
    this.kept = List.copyOf(kept);
    this.arguments = List.copyOf(arguments);
    var held = new ArrayList<>(kept);
    arguments.forEach(a -> held.add(a.retain()));
    this.holder = TapeEntry.Kept.by(this, held);
  }

  @Override
  public List<@Nullable NDArray> gradients(List<@Nullable NDArray> heads, boolean recorded) {
    var full = new ArrayList<NDArray>();
    for (int i = 0; i < outputTypes.size(); i++) {
      NDArray head = i < heads.size() ? heads.get(i) : null;
      full.add(head != null ? checked(head, i) : NDArray.full(0, outputTypes.get(i), device));
    }
    return recorded ? again(full) : once(full);
  }

  private NDArray checked(NDArray head, int output) {
    if (!head.type().equals(outputTypes.get(output))) {
      throw new AutogradException(
          "a head gradient of type " + head.type() + " was passed for " + name,
          "the head has type " + outputTypes.get(output),
          "pass a gradient of the head's own shape and type");
    }
    return head;
  }

  private List<@Nullable NDArray> once(List<NDArray> heads) {
    var storages = new ArrayList<>(kept);
    var acquired = new ArrayList<Storage>();
    try {
      heads.forEach(h -> acquired.add(h.acquire()));
      storages.addAll(acquired);
      List<Storage> results = gradient.executable().run(storages, caller);
      Graph backward = gradient.backward();
      var arrays = new ArrayList<NDArray>();
      for (int i = 0; i < results.size(); i++) {
        arrays.add(new NDArray(backward.type(backward.outputs().get(i)), results.get(i)));
      }
      return byInput(gradient.positions(), arrays);
    } finally {
      acquired.forEach(Storage::release);
    }
  }

  private List<@Nullable NDArray> byInput(List<Integer> positions, List<NDArray> results) {
    var gradients = new ArrayList<@Nullable NDArray>();
    for (int i = 0; i < inputTypes.size(); i++) {
      int at = positions.get(i);
      gradients.add(at < 0 ? null : results.get(at));
    }
    return gradients;
  }

  /** Runs the gradient as a recorded function of inputs and heads. */
  private List<@Nullable NDArray> again(List<NDArray> heads) {
    Graph joint = gradient.joint().graph();
    int outputs = gradient.joint().outputs();
    Graph gradients =
        new Graph(
            asData(joint).nodes(),
            joint.inputs(),
            joint.outputs().subList(outputs, joint.outputs().size()),
            Map.of());
    var inputs = new ArrayList<NDArray>();
    for (int i = 0; i < arguments.size(); i++) {
      inputs.add(i < edges.size() ? original(i) : rewrap(joint, i));
    }
    inputs.addAll(heads);
    try (var _ = Autograd.record(training)) {
      List<NDArray> results =
          new CompiledFunction("gradient of " + name, gradients, device).call(inputs);
      return byInput(gradient.positions(), results);
    }
  }

  private NDArray original(int i) {
    TapeEntry.Edge edge = edges.get(i);
    if (edge.leaf() != null) {
      return edge.leaf();
    }
    NDArray array = new NDArray(inputTypes.get(i), arguments.get(i).retain());
    if (edge.entry() != null) {
      array.recordedAs(edge.entry(), edge.output());
    }
    return array;
  }

  private NDArray rewrap(Graph joint, int i) {
    return new NDArray(joint.variables().get(i).type(), arguments.get(i).retain());
  }

  /**
   * The graph with plain inputs only: the head gradients of this pass are no longer heads in the
   * next, and the key of the forward pass is passed again, so that the same numbers are drawn.
   */
  private static Graph asData(Graph graph) {
    return new Graph(
        graph.nodes().stream()
            .map(n ->
                n instanceof Node.Variable v
                    ? new Node.Variable(v.name(), v.type(), Symbol.Role.DATA, v.attributes())
                    : n)
            .toList(),
        graph.inputs(),
        graph.outputs(),
        graph.updates());
  }

  @Override
  public void close() {
    holder.run();
  }
}
