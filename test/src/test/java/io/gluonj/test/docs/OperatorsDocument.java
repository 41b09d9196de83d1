package io.gluonj.test.docs;

import io.gluonj.backend.Backend;
import io.gluonj.conformance.OpCase;
import io.gluonj.generate.Operator;
import io.gluonj.generate.Topics;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.testing.GoldenRun;
import io.gluonj.types.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Writes {@code docs/operators.md} from what the operators and the backends state. */
final class OperatorsDocument {
  private static final String HEAD =
      """
      # Operators

      Generated from the operators' schemas; do not edit. Every operator is a function of `io.gluonj.function.F`
      (`F.relu(x)`), those with a method also one of every tensor (`x.relu()`).

      - **MXNet**: the names files may use. **ONNX**: the operator that computes the same
        (a number becomes a constant), or why there is none.
      - **gradient**: derived from the expression, of the expansion, an own rule, or none and why.
      - **types**: what the shape and type rules accept for all inputs; the result has the inputs' type unless `→` says
        otherwise. How types mix is in [dtypes.md](dtypes.md).
      - **CPU**, **GPU**: what computes it. *loops*: loop nests compiled by LLVM. On the CPU library operators of other
        types than float32 run as their definition, slowly, and say so once.
      - **cases**: calls recorded from MXNet 1.9.1 that are compared on every device. 0: the table tests (gradient against
        finite differences, backends against the reference) are its only check.
      """;

  private static final String COLUMNS =
      """
      | function | MXNet | ONNX | gradient | types | CPU | GPU | cases |
      |---|---|---|---|---|---|---|---|
      """;

  private final Lowering cpu = new Lowering(backend(Device.Kind.CPU), "loops");
  private final Lowering gpu = new Lowering(backend(Device.Kind.GPU), "loops (PTX)");
  private final Map<String, Long> cases =
      GoldenRun.cases().stream().collect(Collectors.groupingBy(OpCase::op, Collectors.counting()));

  /** The backend is asked what it would do; none of its libraries is loaded. */
  private static Backend backend(Device.Kind kind) {
    return ServiceLoader.load(Backend.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(b -> b.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  String text() {
    var out = new StringBuilder(HEAD);
    List<Operator> all = Operator.all();
    for (String topic : Topics.all()) {
      List<Operator> own =
          all.stream()
              .filter(o -> Topics.of(o).equals(topic))
              .sorted((a, b) -> key(a).compareTo(key(b)))
              .toList();
      if (!own.isEmpty()) {
        out.append("\n## ").append(topic).append("\n\n").append(COLUMNS);
        own.forEach(o -> out.append(row(o, method(o), mxnet(o.schema()))));
      }
    }
    out.append(
        "\n## The compiler's own\n\nWhat expansions and gradients are made of; no file and no user names them.\n\n");
    out.append("| operator | gradient | types | CPU | GPU |\n|---|---|---|---|---|\n");
    Operator.everyOne().stream()
        .filter(o -> !all.contains(o))
        .sorted((a, b) -> key(a).compareTo(key(b)))
        .forEach(o -> out.append(internal(o)));
    return out.toString();
  }

  private static String key(Operator operator) {
    return operator.function() + " " + operator.type().getName();
  }

  private static String method(Operator operator) {
    String methods =
        operator.schema().user().methods().stream()
            .map(m -> "`." + m.name() + "`")
            .distinct()
            .collect(Collectors.joining(", "));
    return "`" + operator.function() + "`" + (methods.isEmpty() ? "" : ", method");
  }

  private static String mxnet(OpSchema<?> schema) {
    return schema.isInternal()
        ? "none: not in MXNet 1.9.1"
        : schema.names().stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
  }

  private static String onnx(OpSchema<?> schema) {
    if (!schema.user().onnx().isEmpty()) {
      return "`" + schema.user().onnx() + "`";
    }
    if (!schema.user().withoutOnnx().isEmpty()) {
      return "none: " + schema.user().withoutOnnx();
    }
    Op op = (Op) schema.defaults();
    if (!op.updates().isEmpty()) {
      return "none: it changes its inputs";
    }
    return switch (op) {
      case Op.Pointwise _ -> "none: several nodes, its expression";
      case Op.Composite _ -> "none: several nodes, its expansion";
      case Op.Structural _, Op.Library _, Op.Dynamic _, Op.Custom _ ->
          throw new IllegalStateException(
              schema.name()
                  + " has no expansion that ONNX could have; state onnx(\"…\") or"
                  + " withoutOnnx(\"why\") in its schema");
    };
  }

  private String row(Operator operator, String function, String mxnet) {
    OpSchema<?> schema = operator.schema();
    long count = schema.names().stream().mapToLong(n -> cases.getOrDefault(n, 0L)).sum();
    return cells(
        function,
        mxnet,
        onnx(schema),
        Gradients.of(operator.type(), schema),
        ElementTypes.of(schema),
        cpu.of(schema),
        gpu.of(schema),
        "" + count);
  }

  private String internal(Operator operator) {
    OpSchema<?> schema = operator.schema();
    return cells(
        "`" + schema.name() + "`",
        Gradients.of(operator.type(), schema),
        ElementTypes.of(schema),
        cpu.of(schema),
        gpu.of(schema));
  }

  private static String cells(String... cells) {
    for (String cell : cells) {
      if (cell.isBlank()) {
        throw new IllegalStateException("an empty cell in the row of " + cells[0]);
      }
    }
    return "| "
        + Arrays.stream(cells).map(c -> c.replace("|", "\\|")).collect(Collectors.joining(" | "))
        + " |\n";
  }
}
