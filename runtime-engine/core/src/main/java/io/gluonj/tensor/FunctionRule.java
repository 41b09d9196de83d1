package io.gluonj.tensor;

import io.gluonj.backend.Storage;
import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.util.Arrays;
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
  private final FunctionPlan plan;
  private final FunctionPlan.Gradient gradient;
  private final Device device;
  private final boolean training;
  private final String caller;
  private final @Nullable Origin watched;
  private final TapeEntry.Edge[] edges;
  private final Storage[] kept;
  private final Storage[] arguments;

  /**
   * Keeps what the backward pass needs.
   *
   * @param edges where the gradients of the inputs go
   * @param kept the kept values; their use passes to this object
   * @param arguments storages of all inputs, the random key included; retained here
   * @param caller path of the block that called the function
   */
  FunctionRule(
      String name,
      FunctionPlan plan,
      Device device,
      TapeEntry.Edge[] edges,
      Storage[] kept,
      Storage[] arguments,
      boolean training,
      String caller) {
    this.name = name;
    this.plan = plan;
    this.gradient = Objects.requireNonNull(plan.gradient());
    this.device = device;
    this.training = training;
    this.caller = caller;
    this.watched = Autograd.state().watching() ? Origin.here() : null;
    this.edges = edges;
    this.kept = kept;
    this.arguments = arguments;
    for (Storage argument : arguments) {
      argument.retain();
    }
  }

  @Override
  public @Nullable NDArray[] gradients(@Nullable NDArray[] heads, boolean recorded) {
    List<TensorType> types = plan.outputTypes();
    NDArray[] full = new NDArray[types.size()];
    for (int i = 0; i < full.length; i++) {
      NDArray head = heads[i];
      full[i] = head != null ? checked(head, types.get(i)) : NDArray.full(0, types.get(i), device);
    }
    return recorded ? again(full) : once(full);
  }

  private NDArray checked(NDArray head, TensorType expected) {
    if (!head.type().equals(expected)) {
      throw new AutogradException(
          "a head gradient of type " + head.type() + " was passed for " + name,
          "the head has type " + expected,
          "pass a gradient of the head's own shape and type");
    }
    return head;
  }

  private @Nullable NDArray[] once(NDArray[] heads) {
    Storage[] storages = Arrays.copyOf(kept, kept.length + heads.length);
    int held = kept.length;
    try {
      for (NDArray head : heads) {
        storages[held] = head.acquire();
        held++;
      }
      Storage[] results = run(storages);
      NDArray[] arrays = new NDArray[results.length];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = new NDArray(gradient.types().get(i), results[i]);
      }
      return byInput(arrays);
    } finally {
      for (int i = kept.length; i < held; i++) {
        storages[i].release();
      }
    }
  }

  /** Runs; an anomaly is named with the place that recorded, not with that of the backward pass. */
  private Storage[] run(Storage[] storages) {
    return watched == null
        ? gradient.executable().run(storages, caller, false)
        : ScopedValue.where(Origin.INHERITED, watched)
            .call(() -> gradient.executable().run(storages, caller, false));
  }

  private @Nullable NDArray[] byInput(NDArray[] results) {
    @Nullable NDArray[] gradients = new @Nullable NDArray[edges.length];
    for (int i = 0; i < gradients.length; i++) {
      int at = gradient.positions().get(i);
      gradients[i] = at < 0 ? null : results[at];
    }
    return gradients;
  }

  /** Runs the gradient as a recorded function of inputs and heads. */
  private @Nullable NDArray[] again(NDArray[] heads) {
    Graph joint = gradient.joint().graph();
    int outputs = gradient.joint().outputs();
    Graph gradients =
        new Graph(
            asData(joint).nodes(),
            joint.inputs(),
            joint.outputs().subList(outputs, joint.outputs().size()),
            Map.of());
    NDArray[] inputs = new NDArray[arguments.length + heads.length];
    for (int i = 0; i < arguments.length; i++) {
      inputs[i] = original(joint, i);
    }
    System.arraycopy(heads, 0, inputs, arguments.length, heads.length);
    try (var _ = Autograd.record(training)) {
      return byInput(new CompiledFunction("gradient of " + name, gradients, device).call(inputs));
    }
  }

  /** An input as it was, with where it came from; the last one may be the random key. */
  private NDArray original(Graph joint, int i) {
    NDArray leaf = i < edges.length ? edges[i].leaf() : null;
    if (leaf != null) {
      return leaf;
    }
    NDArray array = new NDArray(joint.variables().get(i).type(), arguments[i].retain());
    if (i < edges.length && edges[i].entry() != null) {
      edges[i].retain();
      array.recordedAs(edges[i]);
    }
    return array;
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
    for (Storage value : kept) {
      value.release();
    }
    for (Storage argument : arguments) {
      argument.release();
    }
  }
}
