package io.gluonj.tensor;

import io.gluonj.io.SymbolJson;
import io.gluonj.op.Op;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One output of a node of a graph being traced. Shapes are inferred as operators are applied, in
 * both directions: a variable of unknown shape is narrowed by what it is used in.
 */
public final class Symbol implements Tensor, SymbolOps {
  private final SymbolNode node;
  private final int output;

  Symbol(SymbolNode node, int output) {
    this.node = node;
    this.output = output;
  }

  /** A free float32 variable of unknown shape: an input of a graph. */
  public static Symbol var(String name) {
    return var(name, Shape.unknown());
  }

  /** A free float32 variable; extents may be {@link Shape#UNKNOWN}. */
  public static Symbol var(String name, Shape shape) {
    return var(name, new TensorType(shape, DType.FLOAT32), Role.DATA, Map.of());
  }

  /**
   * A free variable.
   *
   * @param attributes what files store with it, such as {@code __init__}
   */
  public static Symbol var(
      String name, TensorType type, Role role, Map<String, String> attributes) {
    return new Symbol(SymbolNode.variable(name, type, role, attributes), 0);
  }

  /** What a variable stands for. */
  public enum Role {
    /** An input given by the caller. */
    DATA,
    /** A parameter that is trained. */
    PARAMETER,
    /** A parameter that operators update, such as running statistics. */
    AUXILIARY,
    /** The key of the random numbers, supplied by the runtime. */
    RANDOM,
    /** The gradient of an output, in a backward graph. */
    HEAD_GRADIENT,
    /** A value kept from the forward pass, in a backward graph. */
    SAVED
  }

  static List<Symbol> apply(Op op, String name, List<Symbol> inputs) {
    NameScope scope = NameScope.current();
    String full = name.isEmpty() ? scope.automatic(op.schema().hint()) : scope.prefix() + name;
    return apply(op, full, Origin.here(), inputs);
  }

  /** Applies an operator under a full name; for passes that rebuild graphs. */
  public static List<Symbol> apply(Op op, String fullName, Origin origin, List<Symbol> inputs) {
    return outputs(SymbolNode.apply(op, fullName, origin, inputs), op.outputs());
  }

  /**
   * Applies an operator as it was applied before, to inputs of the same types; for passes that
   * rebuild graphs.
   *
   * @param types of all outputs, which are not inferred again
   */
  public static List<Symbol> again(
      Op op, String fullName, Origin origin, List<Symbol> inputs, List<TensorType> types) {
    return outputs(SymbolNode.known(op, fullName, origin, inputs, types), types.size());
  }

  private static List<Symbol> outputs(SymbolNode node, int count) {
    var outputs = new ArrayList<Symbol>(count);
    for (int i = 0; i < count; i++) {
      outputs.add(new Symbol(node, i));
    }
    return outputs;
  }

  /** The node this is an output of. */
  public SymbolNode node() {
    return node;
  }

  /** Which of the node's outputs this is. */
  public int output() {
    return output;
  }

  public String name() {
    return node.name();
  }

  @Override
  public TensorType type() {
    return node.type(output);
  }

  /** The graph this symbol is an output of, as MXNet's symbol JSON. */
  public String toJson() {
    return SymbolJson.toJson(this);
  }

  /** {@code <Symbol dense0_fwd>}, as MXNet prints it. */
  @Override
  public String toString() {
    return "<Symbol " + name() + ">";
  }
}
