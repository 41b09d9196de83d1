package io.gluonj.graph;

import io.gluonj.op.Arguments;
import io.gluonj.op.Fused;
import io.gluonj.op.Generators;
import io.gluonj.op.Op;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalars;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Merges a pointwise operator into the only pointwise operator that reads it, where both have the
 * same shape and floating type: one pass over memory instead of two.
 */
public final class FusePointwise {
  /** Beyond this, registers spill and compile time grows without saving memory traffic. */
  private static final int MAX_INPUTS = 12;

  private static final int MAX_SIZE = 200;

  private FusePointwise() {}

  /** The expression a symbol was built from, and what its arguments are. */
  private record Expression(Scalar body, List<Symbol> arguments) {}

  public static Graph apply(Graph graph) {
    Map<Value, Integer> uses = Uses.of(graph);
    Map<Symbol, Expression> expressions = new HashMap<>();
    Map<Symbol, Boolean> single = new HashMap<>();
    return new Rewrite(
            graph,
            (id, node, in) -> {
              List<Symbol> outputs = Rewrite.keep(graph, node, in);
              if (!(node.op() instanceof Op.Pointwise op)
                  || op instanceof Generators
                  || outputs.size() != 1) {
                return outputs;
              }
              Expression merged = merge(op, in, outputs.getFirst(), expressions, single);
              Symbol result =
                  Rewrite.replace(
                          node,
                          new Fused(merged.body(), merged.arguments().size()),
                          merged.arguments())
                      .getFirst();
              boolean same = result.type().equals(outputs.getFirst().type());
              Symbol chosen = same ? result : outputs.getFirst();
              if (same) {
                expressions.put(chosen, merged);
                single.put(chosen, uses.getOrDefault(new Value(id, 0), 0) == 1);
              }
              return List.of(chosen);
            })
        .graph();
  }

  private static Expression merge(
      Op.Pointwise op,
      List<Symbol> in,
      Symbol output,
      Map<Symbol, Expression> expressions,
      Map<Symbol, Boolean> single) {
    Scalar body = op.apply(IntStream.range(0, in.size()).mapToObj(Scalar::arg).toList()).getFirst();
    Expression merged = new Expression(body, in);
    for (int i = 0; i < in.size(); i++) {
      Symbol producer = in.get(i);
      Expression inner = expressions.get(producer);
      if (inner != null
          && Boolean.TRUE.equals(single.get(producer))
          && producer.dtype().isFloating()
          && producer.dtype() == DType.FLOAT32
          && producer.shape().equals(output.shape())) {
        Expression candidate = inline(merged, producer, inner);
        if (candidate.arguments().size() <= MAX_INPUTS && size(candidate.body()) <= MAX_SIZE) {
          merged = candidate;
        }
      }
    }
    return compact(merged);
  }

  private static Expression inline(Expression outer, Symbol producer, Expression inner) {
    int shift = outer.arguments().size();
    var arguments = new ArrayList<>(outer.arguments());
    arguments.addAll(inner.arguments());
    Scalar replacement = Scalars.substitute(inner.body(), k -> Scalar.arg(k + shift));
    Scalar body =
        Scalars.substitute(
            outer.body(), k -> arguments.get(k) == producer ? replacement : Scalar.arg(k));
    return new Expression(body, arguments);
  }

  /** Drops arguments the body no longer reads and joins equal ones. */
  private static Expression compact(Expression e) {
    var arguments = new ArrayList<Symbol>();
    int[] position = new int[e.arguments().size()];
    for (int i = 0; i < position.length; i++) {
      Symbol argument = e.arguments().get(i);
      boolean needed = Arguments.reads(e.body(), i) || Arguments.isKey(e.body(), i);
      int known = arguments.indexOf(argument);
      position[i] = known >= 0 ? known : needed ? arguments.size() : -1;
      if (needed && known < 0) {
        arguments.add(argument);
      }
    }
    return new Expression(Scalars.substitute(e.body(), i -> Scalar.arg(position[i])), arguments);
  }

  private static int size(Scalar e) {
    return switch (e) {
      case Scalar.Arg _, Scalar.Const _, Scalar.Iota _, Scalar.Uniform _ -> 1;
      case Scalar.Unary(var _, Scalar x) -> 1 + size(x);
      case Scalar.Binary(var _, Scalar a, Scalar b) -> 1 + size(a) + size(b);
      case Scalar.Select(Scalar c, Scalar a, Scalar b) -> 1 + size(c) + size(a) + size(b);
    };
  }
}
