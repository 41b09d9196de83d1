package io.gluonj.test.docs;

import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A schema's sample as symbols: what can be learnt of an operator without computing. */
final class SampleSymbols {
  private SampleSymbols() {}

  /** The schema's samples; of one that has none, its defaults on matrices. */
  static List<Sample> of(OpSchema<?> schema) {
    if (!schema.samples().isEmpty()) {
      return schema.samples();
    }
    Op op = (Op) schema.defaults();
    List<SampleInput> inputs =
        schema.inputNames(op, 1).stream()
            .map(name -> new SampleInput(TensorType.float32(2, 3), -1, 1))
            .toList();
    return List.of(new Sample(op, inputs));
  }

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
