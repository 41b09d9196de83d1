package io.gluonj.test.docs;

import io.gluonj.op.OpSchema.Sample;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A schema's sample as symbols: what can be learnt of an operator without computing. */
final class SampleSymbols {
  private SampleSymbols() {}

  static List<Symbol> inputs(Sample sample) {
    var variables = new ArrayList<Symbol>();
    List<TensorType> types = sample.types();
    for (int i = 0; i < types.size(); i++) {
      variables.add(Symbol.var("in" + i, types.get(i), Symbol.Role.DATA, Map.of()));
    }
    return variables;
  }

  /** All outputs, hidden ones included. */
  static List<Symbol> outputs(Sample sample, List<Symbol> inputs) {
    return Ops.callAll(sample.op(), "", inputs).stream().map(Symbol.class::cast).toList();
  }
}
