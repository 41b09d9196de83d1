package io.gluonj.graph;

import io.gluonj.op.Op;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Map;

/** A node of a {@link Graph}: a variable or an application of an operator. */
public sealed interface Node {
  String name();

  /** Types of all outputs, hidden ones included. */
  List<TensorType> types();

  /** A value from outside. */
  record Variable(String name, TensorType type, Symbol.Role role, Map<String, String> attributes)
      implements Node {
    @Override
    public List<TensorType> types() {
      return List.of(type);
    }
  }

  /** An operator applied to values of earlier nodes. */
  record Apply(Op op, List<Value> inputs, List<TensorType> types, String name, Origin origin)
      implements Node {
    public Apply {
      inputs = List.copyOf(inputs);
      types = List.copyOf(types);
    }
  }
}
