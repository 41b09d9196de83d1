package io.gluonj.tensor;

import io.gluonj.backend.Backends;
import io.gluonj.backend.Executable;
import io.gluonj.graph.ActivateAfterPooling;
import io.gluonj.graph.ChannelsLast;
import io.gluonj.graph.Decompose;
import io.gluonj.graph.Differentiate;
import io.gluonj.graph.FusePointwise;
import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Partition;
import io.gluonj.graph.Simplify;
import io.gluonj.graph.Verifier;
import io.gluonj.types.Device;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One compiled variant of a function: for one mode and one set of inputs that need a gradient.
 *
 * @param forward results: the outputs, the kept values, the new values of updated variables
 * @param outputs number of outputs
 * @param updatedInputs inputs that get new values, in the order of the results
 * @param random whether the last variable is the random key
 * @param gradient how gradients are computed, if any input needs one and has one
 */
record FunctionPlan(
    Executable forward,
    int outputs,
    List<Integer> updatedInputs,
    boolean random,
    @Nullable Gradient gradient) {

  /**
   * How gradients are computed.
   *
   * @param backward the graph from kept values and head gradients to gradients
   * @param executable it, compiled
   * @param kept number of kept values
   * @param positions for each input, its gradient among the results, or -1
   * @param joint the whole gradient as a function of the inputs, for second derivatives
   */
  record Gradient(
      Graph backward,
      Executable executable,
      int kept,
      List<Integer> positions,
      Differentiate.Joint joint) {}

  private static final boolean VERIFY =
      List.of(System.getProperty("gluonj.debug", "").split(",")).contains("verify");

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
   */
  record Compiler(String name, Device device, boolean shared) {
    FunctionPlan compile(Graph graph, boolean training, BitSet wrt) {
      if (wrt.isEmpty()) {
        return inference(graph, training);
      }
      List<Integer> variables = wrt.stream().boxed().toList();
      Graph expanded = check(Decompose.forGradient(graph, training), "decompose");
      Graph prepared = check(ActivateAfterPooling.apply(expanded), "activate after pooling");
      Differentiate.Joint joint = Differentiate.apply(prepared, variables);
      check(joint.graph(), "differentiate");
      if (joint.gradients().stream().allMatch(g -> g < 0)) {
        return inference(graph, training);
      }
      Graph simple = simplify(joint.graph(), training);
      Partition parts =
          Partition.of(new Differentiate.Joint(simple, joint.outputs(), joint.gradients()));
      Graph forward = check(FusePointwise.apply(parts.forward()), "fuse");
      Graph backward = check(FusePointwise.apply(parts.backward()), "fuse");
      Integer[] positions = new Integer[graph.inputs().size()];
      java.util.Arrays.fill(positions, -1);
      for (int i = 0; i < variables.size(); i++) {
        positions[variables.get(i)] = parts.gradients().get(i);
      }
      int kept = parts.forward().outputs().size() - parts.outputs();
      Executable gradients = Executable.compile(backward, device, "backward of " + name, shared);
      return new FunctionPlan(
          Executable.compile(forward, device, name, shared),
          parts.outputs(),
          updatedInputs(forward),
          isRandom(forward),
          new Gradient(backward, gradients, kept, List.of(positions), joint));
    }

    /** Primitive operators in the order of axes that the device likes. */
    private Graph simplify(Graph graph, boolean training) {
      Graph simple = check(Simplify.apply(decompose(graph, device, training)), "simplify");
      if (!Backends.of(device).channelsLast()) {
        return simple;
      }
      return check(
          Simplify.apply(check(ChannelsLast.apply(simple), "channels last")), "simplify again");
    }

    private FunctionPlan inference(Graph graph, boolean training) {
      Graph expanded = check(Decompose.forGradient(graph, training), "decompose");
      Graph prepared = check(ActivateAfterPooling.apply(expanded), "activate after pooling");
      Graph simple = simplify(prepared, training);
      Graph fused = check(FusePointwise.apply(simple), "fuse");
      return new FunctionPlan(
          Executable.compile(fused, device, name, shared),
          graph.outputs().size(),
          updatedInputs(fused),
          isRandom(fused),
          null);
    }
  }

  /** Leaves the composites that the device has kernels for. */
  private static Graph decompose(Graph graph, Device device, boolean training) {
    return Decompose.except(graph, training, Backends.of(device)::runsWhole);
  }

  private static Graph check(Graph graph, String pass) {
    return VERIFY ? Verifier.verify(graph, pass) : graph;
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
