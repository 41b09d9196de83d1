package io.gluonj.data;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/** Takes samples apart into arrays on the heap. */
final class HostParts {
  private static final HostArray FALSE = HostArray.of(new int[1]).cast(DType.BOOL);
  private static final HostArray TRUE = HostArray.of(new int[] {1}).cast(DType.BOOL);

  private HostParts() {}

  /** The parts of a sample, nested pairs and lists laid out flat. */
  static List<HostArray> of(Object sample) {
    List<HostArray> parts = new ArrayList<>(2);
    collect(sample, parts);
    return parts;
  }

  private static void collect(Object part, List<HostArray> parts) {
    switch (part) {
      case Sample<?, ?>(Object data, Object label) -> {
        collect(data, parts);
        collect(label, parts);
      }
      case List<?> list -> list.forEach(element -> collect(element, parts));
      case HostArray array -> parts.add(array);
      case NDArray array -> parts.add(HostArray.of(array));
      case Integer value -> parts.add(HostArray.of(new int[] {value}));
      case Long value -> parts.add(HostArray.of(new long[] {value}));
      case Float value -> parts.add(HostArray.of(new float[] {value}));
      case Double value -> parts.add(HostArray.of(new double[] {value}));
      case Boolean value -> parts.add(value ? TRUE : FALSE);
      case float[] values -> parts.add(HostArray.of(values, values.length));
      case double[] values -> parts.add(HostArray.of(values, values.length));
      case int[] values -> parts.add(HostArray.of(values, values.length));
      case long[] values -> parts.add(HostArray.of(values, values.length));
      default ->
          throw new InvalidArgumentException(
              "Batchify.stack: a sample holds a " + part.getClass().getName(),
              "only arrays and numbers, in pairs and lists, can be stacked",
              "transform the data set to such values, or give the loader an own batchify");
    }
  }
}
