package io.gluonj.test.docs;

import io.gluonj.op.Infer;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.types.DType;
import io.gluonj.types.GluonException;
import io.gluonj.types.TensorType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which element types an operator's rules accept for all inputs, and what comes out. */
final class ElementTypes {
  private ElementTypes() {}

  static String of(OpSchema<?> schema) {
    if (schema.inputNames().isEmpty() && !schema.isVariadic()) {
      return "an attribute";
    }
    Map<DType, DType> results = new EnumMap<>(DType.class);
    for (Sample sample : SampleSymbols.of(schema)) {
      for (DType type : DType.values()) {
        result(sample, type, results);
      }
    }
    return accepted(results.keySet()) + result(results);
  }

  private static void result(Sample sample, DType type, Map<DType, DType> results) {
    List<TensorType> in =
        sample.types().stream().map(t -> new TensorType(t.shape(), type)).toList();
    try {
      results.put(type, Infer.outputs(sample.op(), "", in).getFirst().dtype());
    } catch (GluonException e) {
      results.remove(type); // the rules say no, which is what is asked here
    }
  }

  private static String accepted(Set<DType> types) {
    if (types.size() == DType.values().length) {
      return "all";
    }
    boolean floats = types.stream().allMatch(DType::isFloating);
    return floats && types.size() == 4
        ? "floating"
        : String.join(", ", types.stream().map(DType::numpyName).toList());
  }

  private static String result(Map<DType, DType> results) {
    if (results.entrySet().stream().allMatch(e -> e.getKey() == e.getValue())) {
      return "";
    }
    List<String> others = results.values().stream().distinct().map(DType::numpyName).toList();
    return others.size() == 1 ? " → " + others.getFirst() : " → depends on attributes";
  }
}
