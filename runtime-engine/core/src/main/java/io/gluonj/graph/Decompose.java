package io.gluonj.graph;

import io.gluonj.op.Expansion;
import io.gluonj.op.Generators;
import io.gluonj.op.Op;
import io.gluonj.op.Scalar;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.SymbolNode;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces composite operators by their expansions, until only those the predicate keeps are left.
 * Random numbers bring in one further variable, the key, last in calling order.
 */
public final class Decompose {
  /** Decides which composites stay as they are. */
  public interface Keep {
    /** Whether to keep an operator on inputs of these types. */
    boolean test(Op.Composite op, List<TensorType> in);
  }

  private final boolean training;
  private final Keep keep;
  private @Nullable Symbol key;
  private int sites;

  private Decompose(boolean training, Keep keep) {
    this.training = training;
    this.keep = keep;
  }

  /** Expands every composite. */
  public static Graph all(Graph graph, boolean training) {
    return except(graph, training, (op, in) -> false);
  }

  /** Expands all composites but those that whoever runs the graph has a kernel for. */
  public static Graph except(Graph graph, boolean training, Keep keep) {
    return new Decompose(training, keep).run(graph);
  }

  /** Expands the composites that have no gradient rule of their own. */
  public static Graph forGradient(Graph graph, boolean training) {
    return new Decompose(training, (op, in) -> op.ownGradient()).run(graph);
  }

  private Graph run(Graph graph) {
    for (int input : graph.inputs()) {
      if (graph.nodes().get(input) instanceof Node.Variable v && v.role() == Symbol.Role.RANDOM) {
        key = Symbol.var(v.name(), v.type(), v.role(), v.attributes());
        sites = nextSite(graph);
      }
    }
    Symbol known = key;
    Rewrite rewrite =
        new Rewrite(
            graph, (id, node, in) -> expand(graph, node, known == null ? in : shareKey(in, known)));
    var variables = new ArrayList<Symbol>();
    for (Symbol variable : rewrite.variables()) {
      if (variable.node().role() != Symbol.Role.RANDOM) {
        variables.add(variable);
      }
    }
    if (key != null) {
      variables.add(key);
    }
    return Graph.of(
        variables, graph.outputs().stream().map(rewrite::symbol).toList(), rewrite.updates());
  }

  private static int nextSite(Graph graph) {
    int next = 0;
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Apply a) {
        switch (a.op()) {
          case Generators.UniformNumbers u -> next = Math.max(next, u.site() + 1);
          case Generators.Drawn d -> next = Math.max(next, d.site() + d.draws());
          default -> {} // draws nothing
        }
      }
    }
    return next;
  }

  private static List<Symbol> shareKey(List<Symbol> inputs, Symbol key) {
    return inputs.stream().map(s -> s.node().role() == Symbol.Role.RANDOM ? key : s).toList();
  }

  private List<Symbol> expand(Graph graph, Node.Apply node, List<Symbol> inputs) {
    if (node.op() instanceof Op.Composite composite && !keep.test(composite, types(inputs))) {
      return expand(composite, node.origin(), inputs);
    }
    return Rewrite.keep(graph, node, inputs);
  }

  private List<Symbol> expand(Op.Composite composite, Origin origin, List<Symbol> inputs) {
    var expanded = new ArrayList<Symbol>();
    ScopedValue.where(Origin.INHERITED, origin)
        .run(() ->
            composite.expand(new Context(inputs)).forEach(output -> expanded.add((Symbol) output)));
    // An expansion may itself contain composites: expand what it added.
    return new Nested(inputs, expanded).run();
  }

  private static List<TensorType> types(List<Symbol> inputs) {
    return inputs.stream().map(Symbol::type).toList();
  }

  private final class Context implements Expansion {
    private final List<Tensor> inputs;

    Context(List<Symbol> inputs) {
      this.inputs = List.copyOf(inputs);
    }

    @Override
    public List<Tensor> inputs() {
      return inputs;
    }

    @Override
    public boolean training() {
      return training;
    }

    @Override
    public Tensor uniform(Shape shape) {
      Op op = new Generators.UniformNumbers(shape, sites++);
      return Symbol.apply(op, "", Origin.NONE, List.of(key())).getFirst();
    }

    @Override
    public Tensor drawn(
        TensorType type,
        int draws,
        Function<List<Scalar>, Scalar> body,
        List<? extends Tensor> parameters) {
      var uniform = new ArrayList<Scalar>();
      for (int i = 0; i < draws; i++) {
        uniform.add(new Scalar.Uniform(parameters.size(), sites + i));
      }
      Op op = new Generators.Drawn(type, sites, draws, body.apply(uniform));
      sites += draws;
      var inputs = new ArrayList<Symbol>();
      parameters.forEach(p -> inputs.add((Symbol) p));
      inputs.add(key());
      return Symbol.apply(op, "", Origin.NONE, inputs).getFirst();
    }

    private Symbol key() {
      Symbol known = key;
      if (known == null) {
        TensorType pair = new TensorType(Shape.of(2), DType.INT64);
        known = Symbol.var("random_key", pair, Symbol.Role.RANDOM, Map.of());
        key = known;
      }
      return known;
    }
  }

  /** Expands composites between given inputs and outputs of an expansion. */
  private final class Nested {
    private final Map<SymbolNode, List<Symbol>> done = new HashMap<>();
    private final List<Symbol> outputs;

    Nested(List<Symbol> inputs, List<Symbol> outputs) {
      this.outputs = outputs;
      inputs.forEach(i -> done.put(i.node(), List.of()));
    }

    List<Symbol> run() {
      return outputs.stream().map(this::visit).toList();
    }

    private Symbol visit(Symbol symbol) {
      var node = symbol.node();
      Op op = node.op();
      List<Symbol> known = done.get(node);
      if (known == null && op != null) {
        List<Symbol> in = node.inputs().stream().map(this::visit).toList();
        boolean same = in.equals(node.inputs());
        if (op instanceof Op.Composite composite && !keep.test(composite, types(in))) {
          known = expand(composite, node.origin(), in);
        } else {
          known = same ? List.of() : Symbol.apply(op, node.name(), node.origin(), in);
        }
        done.put(node, known);
      }
      return known == null || known.isEmpty() ? symbol : known.get(symbol.output());
    }
  }
}
