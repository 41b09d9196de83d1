package io.gluonj.graph;

import io.gluonj.op.Infer;
import io.gluonj.types.TensorType;
import io.gluonj.types.VerificationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What every graph must satisfy: inputs precede their users, variables are listed once, types are
 * those that inference gives, updates keep types. Run between passes in tests and under {@code
 * -Dgluonj.debug=verify}.
 */
public final class Verifier {
  private Verifier() {}

  /** Returns the graph if it is sound. */
  public static Graph verify(Graph graph, String pass) {
    var listed = new HashSet<Integer>();
    for (int input : graph.inputs()) {
      boolean variable =
          input < graph.nodes().size() && graph.nodes().get(input) instanceof Node.Variable;
      if (!variable || !listed.add(input)) {
        fail(graph, pass, "input %" + input + " is no variable or is listed twice");
      }
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (graph.nodes().get(i) instanceof Node.Apply node) {
        check(graph, pass, i, node);
      } else if (!listed.contains(i)) {
        fail(graph, pass, "variable %" + i + " is not among the inputs");
      }
    }
    for (Value output : graph.outputs()) {
      if (!exists(graph, output)) {
        fail(graph, pass, "output " + output + " does not exist");
      }
    }
    graph
        .updates()
        .forEach((variable, value) -> {
          if (!exists(graph, value) || !listed.contains(variable)) {
            fail(graph, pass, "the update of %" + variable + " does not exist");
          }
          if (!graph.nodes().get(variable).types().getFirst().equals(graph.type(value))) {
            fail(graph, pass, "the update of %" + variable + " changes its type");
          }
        });
    return graph;
  }

  private static boolean exists(Graph graph, Value value) {
    return value.node() < graph.nodes().size() && value.output() < graph.node(value).types().size();
  }

  private static void check(Graph graph, String pass, int id, Node.Apply node) {
    var in = new ArrayList<TensorType>();
    for (Value input : node.inputs()) {
      if (input.node() >= id || input.output() >= graph.node(input).types().size()) {
        fail(graph, pass, "%" + id + " reads " + input + ", which does not precede it");
      }
      in.add(graph.type(input));
    }
    if (in.stream().allMatch(t -> t.shape().isKnown())) {
      List<TensorType> inferred = Infer.outputs(node.op(), node.name(), in);
      if (!inferred.equals(node.types())) {
        fail(graph, pass, "%" + id + " has types " + node.types() + ", inference says " + inferred);
      }
    }
  }

  private static void fail(Graph graph, String pass, String what) {
    throw new VerificationException(
        "after " + pass + ": " + what,
        "the pass broke an invariant of graphs",
        "report it with this graph:\n" + graph);
  }
}
