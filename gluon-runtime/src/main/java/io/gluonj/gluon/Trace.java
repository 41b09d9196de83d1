package io.gluonj.gluon;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.SymbolNode;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One run of a block with symbols: which parameters it asks for, and the graph it describes. Every
 * parameter is one variable of the trace, however often it is used.
 */
final class Trace {
  static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  private final Map<Parameter, Symbol> variables = new LinkedHashMap<>();
  private final BiConsumer<Block, List<Tensor>> visitor;

  private Trace(BiConsumer<Block, List<Tensor>> visitor) {
    this.visitor = visitor;
  }

  /**
   * What a trace found.
   *
   * @param graph its variables are the inputs, then {@code parameters}
   * @param parameters those that the outputs depend on
   */
  record Traced(Block block, Graph graph, List<Parameter> parameters) {
    /** What was inferred of the parameters. */
    List<TensorType> parameterTypes() {
      int inputs = graph.inputs().size() - parameters.size();
      return graph.variables().stream().skip(inputs).map(Node.Variable::type).toList();
    }

    /** Gives the parameters the shapes that were inferred. */
    void refineShapes() {
      List<TensorType> types = parameterTypes();
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).shape(types.get(i).shape());
      }
    }

    /** Warns of parameters that the outputs do not depend on. */
    void reportUnused() {
      Set<Parameter> used = new HashSet<>();
      used.addAll(parameters);
      String unused =
          block.collectParams(p -> !used.contains(p)).values().stream()
              .map(Parameter::path)
              .collect(Collectors.joining(", "));
      if (!unused.isEmpty()) {
        System.getLogger("io.gluonj.gluon")
            .log(
                System.Logger.Level.WARNING,
                block.path() + ": its output does not depend on the parameters " + unused);
      }
    }
  }

  /** Types of float32 inputs. */
  static List<TensorType> float32(Shape... shapes) {
    return Arrays.stream(shapes).map(s -> new TensorType(s, DType.FLOAT32)).toList();
  }

  /** Runs a block with symbols of the given types, and fills the shapes of its parameters. */
  static Traced infer(Block block, List<TensorType> inputs) {
    Traced traced = run(block, inputs, (b, o) -> {});
    traced.refineShapes();
    return traced;
  }

  /**
   * Runs a block with symbols.
   *
   * @param visitor is told of every block's outputs, children first
   */
  static Traced run(Block block, List<TensorType> inputs, BiConsumer<Block, List<Tensor>> visitor) {
    return run(block, block::callAll, inputs, visitor);
  }

  /**
   * Runs a function of blocks with symbols.
   *
   * @param block what reports name
   */
  static Traced run(
      Block block,
      Function<List<Symbol>, List<Tensor>> function,
      List<TensorType> inputs,
      BiConsumer<Block, List<Tensor>> visitor) {
    var trace = new Trace(visitor);
    var data = new ArrayList<Symbol>();
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.size() == 1 ? "data" : "data" + i;
      data.add(Symbol.var(name, inputs.get(i), Symbol.Role.DATA, Map.of()));
    }
    List<Tensor> outputs = ScopedValue.where(CURRENT, trace).call(() -> function.apply(data));
    List<Symbol> results = outputs.stream().map(Symbol.class::cast).toList();
    Set<SymbolNode> reached = reached(results);
    var parameters = new ArrayList<Parameter>();
    var all = new ArrayList<>(data);
    trace.variables.forEach((parameter, symbol) -> {
      if (reached.contains(symbol.node())) {
        parameters.add(parameter);
        all.add(symbol);
      }
    });
    return new Traced(block, Graph.of(all, results), List.copyOf(parameters));
  }

  private static Set<SymbolNode> reached(List<Symbol> outputs) {
    Set<SymbolNode> reached = new HashSet<>();
    Deque<Symbol> pending = new ArrayDeque<>(outputs);
    while (!pending.isEmpty()) {
      SymbolNode node = pending.removeFirst().node();
      if (reached.add(node)) {
        pending.addAll(node.inputs());
      }
    }
    return reached;
  }

  Symbol symbol(Parameter parameter) {
    return variables.computeIfAbsent(parameter, Parameter::freshVariable);
  }

  void visited(Block block, List<Tensor> outputs) {
    visitor.accept(block, outputs);
  }
}
