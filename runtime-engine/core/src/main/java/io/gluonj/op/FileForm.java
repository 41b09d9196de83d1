package io.gluonj.op;

import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/**
 * How an operator appears in MXNet's files, beyond what its record components say.
 *
 * @param required attributes a file must state
 * @param ignored attributes that steer MXNet's kernels and mean nothing here: read and dropped
 * @param only attributes that are understood with one value alone, which is not written
 * @param written attributes that have no component and are always written with the same value,
 *     because Gluon's layers write them; read and dropped
 * @param omitted components that are not written while they have their default value
 * @param name the name to write, by operator and input shapes
 * @param outputs the number of outputs MXNet counts, hidden ones included
 * @param spelled attributes whose name is not the component's in snake case, by component
 * @param count the attribute in which files state a free number of inputs
 */
record FileForm<O extends Record & Op>(
    List<String> required,
    List<String> ignored,
    Map<String, String> only,
    Map<String, String> written,
    List<String> omitted,
    BiFunction<O, List<Shape>, String> name,
    ToIntFunction<O> outputs,
    Map<String, String> spelled,
    String count) {
  FileForm {
    required = List.copyOf(required);
    ignored = List.copyOf(ignored);
    only = Map.copyOf(only);
    written = Map.copyOf(written);
    omitted = List.copyOf(omitted);
    spelled = Map.copyOf(spelled);
  }

  static <O extends Record & Op> FileForm<O> plain(String name) {
    return new FileForm<>(
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        (op, shapes) -> name,
        Op::outputs,
        Map.of(),
        "num_args");
  }

  FileForm<O> withRequired(List<String> names) {
    return new FileForm<>(names, ignored, only, written, omitted, name, outputs, spelled, count);
  }

  FileForm<O> withIgnored(List<String> names) {
    return new FileForm<>(required, names, only, written, omitted, name, outputs, spelled, count);
  }

  FileForm<O> withOnly(Map<String, String> values) {
    return new FileForm<>(
        required, ignored, values, written, omitted, name, outputs, spelled, count);
  }

  FileForm<O> withWritten(Map<String, String> values) {
    return new FileForm<>(required, ignored, only, values, omitted, name, outputs, spelled, count);
  }

  FileForm<O> withOmitted(List<String> names) {
    return new FileForm<>(required, ignored, only, written, names, name, outputs, spelled, count);
  }

  FileForm<O> withName(BiFunction<O, List<Shape>, String> choice) {
    return new FileForm<>(
        required, ignored, only, written, omitted, choice, outputs, spelled, count);
  }

  FileForm<O> withOutputs(ToIntFunction<O> counted) {
    return new FileForm<>(required, ignored, only, written, omitted, name, counted, spelled, count);
  }

  FileForm<O> withSpelled(Map<String, String> names) {
    return new FileForm<>(required, ignored, only, written, omitted, name, outputs, names, count);
  }

  FileForm<O> withCount(String attribute) {
    return new FileForm<>(
        required, ignored, only, written, omitted, name, outputs, spelled, attribute);
  }
}
