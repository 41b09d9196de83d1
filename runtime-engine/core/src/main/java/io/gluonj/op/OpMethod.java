package io.gluonj.op;

import java.util.List;

/**
 * A method of {@link io.gluonj.tensor.Tensor} that applies an operator.
 *
 * @param name the method's name
 * @param receiver the input that the tensor itself is; empty for a static method
 * @param components the attributes that are parameters; the others keep their defaults
 */
public record OpMethod(String name, String receiver, List<String> components) {
  public OpMethod {
    components = List.copyOf(components);
  }
}
