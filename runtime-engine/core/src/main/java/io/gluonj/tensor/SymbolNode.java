package io.gluonj.tensor;

import io.gluonj.op.Infer;
import io.gluonj.op.Op;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a graph under construction: a variable or an application of an operator. Only its types
 * change, and only by becoming more complete.
 */
public final class SymbolNode {
  private final @Nullable Op op;
  private final String name;
  private final Origin origin;
  private final List<Symbol> inputs;
  private final TensorType[] types;
  private final Symbol.Role role;
  private final Map<String, String> attributes;

  /** Whether all types are known, so that inference has nothing more to say. */
  private boolean settled;

  private SymbolNode(
      @Nullable Op op,
      String name,
      Origin origin,
      List<Symbol> inputs,
      TensorType[] types,
      Symbol.Role role,
      Map<String, String> attributes) {
    this.op = op;
    this.name = name;
    this.origin = origin;
    this.inputs = List.copyOf(inputs);
    this.types = types;
    this.role = role;
    this.attributes = Map.copyOf(attributes);
  }

  static SymbolNode variable(
      String name, TensorType type, Symbol.Role role, Map<String, String> attributes) {
    return new SymbolNode(
        null, name, Origin.NONE, List.of(), new TensorType[] {type}, role, attributes);
  }

  static SymbolNode apply(Op op, String name, Origin origin, List<Symbol> inputs) {
    TensorType[] types =
        Infer.unknownOutputs(op, () -> where(name, origin), types(inputs)).stream()
            .map(shape -> new TensorType(shape, DType.FLOAT32))
            .toArray(TensorType[]::new);
    SymbolNode node = new SymbolNode(op, name, origin, inputs, types, Symbol.Role.DATA, Map.of());
    propagate(node);
    return node;
  }

  /** An application whose types are known: those that inference found for such inputs before. */
  static SymbolNode known(
      Op op, String name, Origin origin, List<Symbol> inputs, List<TensorType> types) {
    SymbolNode node =
        new SymbolNode(
            op, name, origin, inputs, types.toArray(TensorType[]::new), Symbol.Role.DATA, Map.of());
    node.settled = node.isKnown();
    return node;
  }

  private static List<TensorType> types(List<Symbol> symbols) {
    var types = new ArrayList<TensorType>(symbols.size());
    for (Symbol symbol : symbols) {
      types.add(symbol.type());
    }
    return types;
  }

  private boolean isKnown() {
    for (Symbol input : inputs) {
      if (!input.type().shape().isKnown()) {
        return false;
      }
    }
    for (TensorType type : types) {
      if (!type.shape().isKnown()) {
        return false;
      }
    }
    return true;
  }

  private static String where(String name, Origin origin) {
    return ((name.isEmpty() ? "" : "'" + name + "' ") + origin).strip();
  }

  /** The operator; null for a variable. */
  public @Nullable Op op() {
    return op;
  }

  public String name() {
    return name;
  }

  public Origin origin() {
    return origin;
  }

  public List<Symbol> inputs() {
    return inputs;
  }

  public Symbol.Role role() {
    return role;
  }

  public Map<String, String> attributes() {
    return attributes;
  }

  /** Types of all outputs, as far as inference has got. */
  public List<TensorType> types() {
    return List.of(types);
  }

  TensorType type(int output) {
    return types[output];
  }

  /** Runs inference here and in every producer whose outputs have become more complete. */
  static void propagate(SymbolNode start) {
    Deque<SymbolNode> pending = new ArrayDeque<>(List.of(start));
    while (!pending.isEmpty()) {
      pending.addAll(pending.removeFirst().infer().changedProducers());
    }
  }

  /** What one run of inference changed. */
  public record Inferred(boolean changed, List<SymbolNode> changedProducers) {
    private static final Inferred NOTHING = new Inferred(false, List.of());
  }

  /** Runs the operator's rule once, with what is known now. */
  public Inferred infer() {
    if (op == null || settled) {
      return Inferred.NOTHING;
    }
    var shapes = new ArrayList<Shape>(types.length);
    for (TensorType type : types) {
      shapes.add(type.shape());
    }
    Infer s = new Infer(op, () -> where(name, origin), types(inputs), shapes);
    s.run();
    List<TensorType> out = s.outputs();
    boolean changed = !out.equals(Arrays.asList(types));
    out.toArray(types);
    var producers = new ArrayList<SymbolNode>();
    for (int i = 0; i < inputs.size(); i++) {
      Symbol input = inputs.get(i);
      Shape refined = s.refinedInputs().get(i);
      if (!refined.equals(input.shape())) {
        changed = true;
        input.node().types[input.output()] = new TensorType(refined, input.dtype());
        producers.add(input.node());
      }
    }
    settled = isKnown();
    return new Inferred(changed, producers);
  }
}
