package io.gluonj.tensor;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.backend.Executable;
import io.gluonj.graph.ActivateAfterPooling;
import io.gluonj.graph.ActivateInConvolution;
import io.gluonj.graph.ChannelsLast;
import io.gluonj.graph.Decompose;
import io.gluonj.graph.Differentiate;
import io.gluonj.graph.FoldIntoConvolution;
import io.gluonj.graph.FusePointwise;
import io.gluonj.graph.FuseRows;
import io.gluonj.graph.Graph;
import io.gluonj.graph.MixedPrecision;
import io.gluonj.graph.Node;
import io.gluonj.graph.Partition;
import io.gluonj.graph.Passes;
import io.gluonj.graph.Simplify;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One compiled variant of a function: for one mode and one set of inputs that need a gradient.
 *
 * @param forward results: the outputs, the kept values, the new values of updated variables
 * @param outputTypes of the outputs
 * @param updatedInputs inputs that get new values, in the order of the results
 * @param random whether the last variable is the random key
 * @param gradient how gradients are computed, if any input needs one and has one
 */
record FunctionPlan(
    Executable forward,
    List<TensorType> outputTypes,
    List<Integer> updatedInputs,
    boolean random,
    @Nullable Gradient gradient) {

  /**
   * How gradients are computed.
   *
   * @param executable from kept values and head gradients to gradients
   * @param types of its results
   * @param kept number of kept values
   * @param positions for each input, its gradient among the results, or -1
   * @param joint the whole gradient as a function of the inputs, for second derivatives
   */
  record Gradient(
      Executable executable,
      List<TensorType> types,
      int kept,
      List<Integer> positions,
      Differentiate.Joint joint) {}

  int kept() {
    return gradient == null ? 0 : gradient.kept();
  }

  boolean differentiable() {
    return gradient != null;
  }

  /**
   * Makes plans.
   *
   * @param name what reports call the function
   * @param shared whether blocks other than the ones it was traced in may call it
   * @param watched whether every operator stays one of its own, whose results are looked at for
   *     anomalies
   * @param compute the type that products are computed in instead of float32, if there is one
   */
  record Compiler(
      String name, Device device, boolean shared, boolean watched, Optional<DType> compute) {
    FunctionPlan compile(Graph graph, boolean training, BitSet wrt) {
      Passes passes = new Passes(name);
      List<Integer> variables = wrt.stream().boxed().toList();
      Graph mixed = mixed(passes, graph, training, variables);
      Graph primitive = passes.run("decompose", g -> decompose(g, training, variables), mixed);
      Graph prepared =
          watched
              ? primitive
              : passes.run("activate after pooling", ActivateAfterPooling::apply, primitive);
      Differentiate.Joint joint =
          variables.isEmpty()
              ? new Differentiate.Joint(prepared, graph.outputs().size(), List.of())
              : Differentiate.apply(prepared, variables);
      if (joint.gradients().stream().allMatch(g -> g < 0)) {
        return inference(passes, prepared, training);
      }
      Graph simple = simplify(passes, joint.graph(), training, false);
      Partition parts =
          Partition.of(new Differentiate.Joint(simple, joint.outputs(), joint.gradients()));
      Graph forward = fuse(passes, parts.forward());
      Graph backward = fuse(passes, parts.backward());
      Integer[] positions = new Integer[graph.inputs().size()];
      Arrays.fill(positions, -1);
      for (int i = 0; i < variables.size(); i++) {
        positions[variables.get(i)] = parts.gradients().get(i);
      }
      int kept = parts.forward().outputs().size() - parts.outputs();
      Executable gradients =
          Executable.compile(backward, device, "backward of " + name, shared, mode(false));
      return new FunctionPlan(
          Executable.compile(forward, device, name, shared, mode(false)),
          types(forward).subList(0, parts.outputs()),
          updatedInputs(forward),
          isRandom(forward),
          new Gradient(gradients, types(backward), kept, List.of(positions), joint));
    }

    private Graph mixed(Passes passes, Graph graph, boolean training, List<Integer> variables) {
      if (compute.isEmpty()) {
        return graph;
      }
      boolean prediction = !training && variables.isEmpty() && !watched;
      return passes.run(
          "mixed precision",
          g ->
              prediction
                  ? MixedPrecision.forPrediction(g, compute.get())
                  : MixedPrecision.apply(g, training, compute.get()),
          graph);
    }

    /**
     * Leaves composites with a gradient of their own. Where nothing is differentiated any more, as
     * in a whole training step, also those that the device has kernels for: the gradient of a
     * recurrence is one.
     */
    private Graph decompose(Graph graph, boolean training, List<Integer> variables) {
      if (!variables.isEmpty()) {
        return Decompose.forGradient(graph, training);
      }
      Backend backend = Backends.of(device);
      return Decompose.except(
          graph, training, (op, in) -> op.ownGradient() || backend.runsWhole(op, in));
    }

    private FunctionPlan inference(Passes passes, Graph graph, boolean training) {
      Graph simple = simplify(passes, graph, training, !training);
      Graph joined =
          watched
              ? simple
              : passes.run(
                  "activate in convolution",
                  g -> ActivateInConvolution.apply(g, Backends.of(device)::runsWhole),
                  simple);
      Graph fused = fuse(passes, joined);
      return new FunctionPlan(
          Executable.compile(fused, device, name, shared, mode(!training)),
          types(fused).subList(0, graph.outputs().size()),
          updatedInputs(fused),
          isRandom(fused),
          null);
    }

    private Executable.Mode mode(boolean prepared) {
      if (watched) {
        return Executable.Mode.WATCHED;
      }
      return prepared ? Executable.Mode.PREPARED : Executable.Mode.PLAIN;
    }

    private Graph fuse(Passes passes, Graph graph) {
      if (watched) {
        return graph;
      }
      return passes.run(
          "fuse", FusePointwise::apply, passes.run("fuse rows", FuseRows::apply, graph));
    }

    /**
     * Leaves primitive operators and composites that the device has kernels for.
     *
     * @param prepared whether what depends on parameters alone is computed once
     */
    private Graph simplify(Passes passes, Graph graph, boolean training, boolean prepared) {
      Backend backend = Backends.of(device);
      if (watched) {
        return passes.run(
            "decompose again", g -> Decompose.except(g, training, backend::runsWhole), graph);
      }
      Graph simple =
          passes.run(
              "simplify",
              g -> Simplify.apply(Decompose.except(g, training, backend::runsWhole)),
              graph);
      Graph folded =
          prepared
              ? passes.run("fold into convolution", FoldIntoConvolution::apply, simple)
              : simple;
      if (!backend.channelsLast()) {
        return folded;
      }
      return passes.run(
          "simplify again",
          Simplify::apply,
          passes.run("channels last", ChannelsLast::apply, folded));
    }
  }

  private static List<TensorType> types(Graph graph) {
    return graph.outputs().stream().map(graph::type).toList();
  }

  private static List<Integer> updatedInputs(Graph graph) {
    return graph.updates().keySet().stream().sorted().map(graph.inputs()::indexOf).toList();
  }

  private static boolean isRandom(Graph graph) {
    return graph.variables().stream()
        .map(Node.Variable::role)
        .anyMatch(r -> r == Symbol.Role.RANDOM);
  }
}
