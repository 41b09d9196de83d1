package io.gluonj.io;

import io.gluonj.op.Op;
import io.gluonj.op.OpRegistry;
import io.gluonj.op.OpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the operator that a name, attributes and a number of inputs in a file stand for. */
final class OperatorText {
  private OperatorText() {}

  /**
   * Reads an operator.
   *
   * @param problems told of everything that is not understood
   * @return empty if anything was not understood
   */
  static Optional<Op> read(
      String name, Map<String, String> attributes, int inputs, Consumer<String> problems) {
    OpSchema<?> schema = OpRegistry.find(name).orElse(null);
    if (schema == null) {
      problems.accept("unknown operator" + Suggestions.forName(name, OpRegistry.names()));
      return Optional.empty();
    }
    var found = new ArrayList<String>();
    Optional<Op> op = AttrCodec.decode(schema, attributes, inputs, found::add);
    op.ifPresent(o -> {
      List<String> names = schema.inputNames(o, inputs);
      if (names.size() != inputs) {
        found.add("has " + inputs + " inputs, takes " + names);
      }
    });
    found.forEach(problems);
    return found.isEmpty() ? op : Optional.empty();
  }
}
