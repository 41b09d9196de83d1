package io.gluonj.conformance;

import io.gluonj.graph.Graph;
import io.gluonj.io.SymbolJson;
import io.gluonj.op.Op;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.ShapeException;
import io.gluonj.types.UnsupportedOpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One recorded call of an operator.
 *
 * @param attributes as MXNet spells them
 * @param training whether dropout drops and batch norm uses the batch
 * @param inputs in the operator's order
 * @param outputs expected; hidden ones may follow those that users see
 * @param headGradients one for each output, or none where no gradients were recorded
 * @param gradients expected, by input
 * @param inputsAfter expected, by input that the operator changes
 */
public record OpCase(
    String id,
    String op,
    Map<String, String> attributes,
    boolean training,
    Map<String, RecordedTensor> inputs,
    List<RecordedTensor> outputs,
    List<RecordedTensor> headGradients,
    Map<String, RecordedTensor> gradients,
    Map<String, RecordedTensor> inputsAfter) {

  /**
   * The call as a graph of one node, whose outputs are those that users see.
   *
   * @throws UnsupportedOpException if there is no such operator, or not with these attributes
   * @throws ShapeException if the inputs do not fit the operator
   */
  Graph graph() {
    Op operator = SymbolJson.operator(op, attributes, inputs.size());
    var variables = new ArrayList<Symbol>();
    inputs.forEach((name, tensor) -> {
      boolean updated = operator.updates().containsKey(variables.size());
      Symbol.Role role = updated ? Symbol.Role.AUXILIARY : Symbol.Role.DATA;
      variables.add(Symbol.var(name, tensor.type(), role, Map.of()));
    });
    List<Symbol> results = Symbol.apply(operator, id, Origin.NONE, variables);
    return Graph.of(variables, results.subList(0, operator.visibleOutputs()));
  }
}
