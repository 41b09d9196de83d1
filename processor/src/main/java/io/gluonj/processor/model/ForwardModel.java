package io.gluonj.processor.model;

import java.util.List;

/** How the generated class computes the block's output. */
public sealed interface ForwardModel {

  /**
   * It calls the block's method.
   *
   * @param inputs the kinds of the leading arguments
   * @param params the parameters bound to the arguments after them
   */
  record Own(String method, List<ValueKind> inputs, List<BoundParam> params, ValueKind result)
      implements ForwardModel {

    /** Copies the lists. */
    public Own {
      inputs = List.copyOf(inputs);
      params = List.copyOf(params);
    }

    /** Whether it computes on {@code NDArray} and cannot be traced. */
    public boolean isImperative() {
      return inputs.getFirst().isImperative();
    }
  }

  /** It leaves the call to the generated class of the nearest {@code @Block} superclass. */
  record Inherited() implements ForwardModel {}

  /** It has none: the class is abstract and only its registration is of use, to subclasses. */
  record None() implements ForwardModel {}

  /**
   * A parameter as an argument.
   *
   * @param isConditional whether it may be absent, hence null
   */
  record BoundParam(String name, boolean isConditional) {}
}
