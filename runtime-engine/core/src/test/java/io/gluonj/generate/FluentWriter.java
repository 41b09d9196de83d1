package io.gluonj.generate;

import io.gluonj.generate.Operator.Attribute;
import io.gluonj.op.Op;
import io.gluonj.op.OpMethod;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the methods of tensors: once with the operators, and for arrays and symbols again with
 * their own type as result. Elementwise methods have a file of their own.
 */
final class FluentWriter {
  private static final String PACKAGE = "io.gluonj.tensor";
  private static final String NOTE =
      " * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.\n";

  private record Method(Operator operator, OpMethod stated) {}

  private record Parameter(String type, String name) {}

  private FluentWriter() {}

  /** The files, by path below the source folder. */
  static Map<String, String> files(List<Operator> operators) {
    var elementwise = new ArrayList<Method>();
    var others = new ArrayList<Method>();
    for (Operator operator : operators) {
      for (OpMethod stated : operator.schema().user().methods()) {
        boolean pointwise = Op.Pointwise.class.isAssignableFrom(operator.type());
        (pointwise ? elementwise : others).add(new Method(operator, stated));
      }
    }
    var all = new ArrayList<>(elementwise);
    all.addAll(others);
    var files = new TreeMap<String, String>();
    files.put(
        path("ElementwiseOps"),
        methods(
            elementwise,
            "/**\n"
                + " * The elementwise methods of {@link Tensor}, with MXNet's names in Java case. Two"
                + " operands broadcast as\n * in NumPy. In a formula the tensor itself is data, lhs or x.\n *\n"
                + NOTE
                + " */\npublic sealed interface ElementwiseOps permits TensorOps {\n"));
    files.put(
        path("TensorOps"),
        methods(
            others,
            "/**\n"
                + " * The fluent methods of {@link Tensor}, with MXNet's names in Java case. Axes may be"
                + " negative. Nothing\n * is changed in place: every method returns a new tensor. In a"
                + " formula the tensor itself is data, lhs\n * or x.\n *\n"
                + NOTE
                + " */\npublic sealed interface TensorOps extends ElementwiseOps"
                + " permits Tensor, NDArrayOps, SymbolOps {\n"));
    files.put(path("NDArrayOps"), twins(all, "NDArray"));
    files.put(path("SymbolOps"), twins(all, "Symbol"));
    return files;
  }

  private static String path(String type) {
    return PACKAGE.replace('.', '/') + "/" + type + ".java";
  }

  private static String file(JavaTypes types, String body) {
    return "package " + PACKAGE + ";\n\n" + types.imports(PACKAGE, body) + "\n" + body + "}\n";
  }

  private static String methods(List<Method> all, String head) {
    var types = new JavaTypes();
    var body = new StringBuilder(head);
    String separator = "";
    boolean lists = false;
    for (Method method : all) {
      body.append(separator).append(method(method, types));
      separator = "\n";
      lists |= body.indexOf(" list(") >= 0 || body.indexOf("(list(") >= 0;
    }
    if (lists) {
      types.use("java.util.Arrays");
      types.use("java.util.List");
      body.append(
          """

            private static List<Integer> list(int... values) {
              return Arrays.stream(values).boxed().toList();
            }

            private static List<Long> list(long... values) {
              return Arrays.stream(values).boxed().toList();
            }
          """);
    }
    return file(types, body.toString());
  }

  private static String method(Method method, JavaTypes types) {
    Operator operator = method.operator();
    boolean isStatic = method.stated().receiver().isEmpty();
    List<Parameter> parameters = parameters(method, types);
    String inputs =
        isStatic
            ? "data"
            : String.join(
                ", ",
                operator.schema().inputNames((Op) operator.schema().defaults(), 0).stream()
                    .map(Operator::camel)
                    .map(n ->
                        n.equals(Operator.camel(method.stated().receiver())) ? "(Tensor) this" : n)
                    .toList());
    String call = "Ops.call(" + made(method, types) + ", " + inputs + ")";
    // Of a shape that is already there nothing need be made, which keeps gradients' graphs small.
    String same =
        method.stated().components().stream()
            .map(operator::attribute)
            .filter(a -> a.type() == Shape.class)
            .map(a -> a.name() + ".equals(((Tensor) this).shape()) ? (Tensor) this : ")
            .findFirst()
            .orElse("");
    return Javadoc.of("  ", operator.doc(), "")
        + "  "
        + (isStatic ? "static" : "default")
        + " Tensor "
        + method.stated().name()
        + "("
        + String.join(", ", parameters.stream().map(p -> p.type() + " " + p.name()).toList())
        + ") {\n    return "
        + same
        + call
        + ";\n  }\n";
  }

  private static List<Parameter> parameters(Method method, JavaTypes types) {
    Operator operator = method.operator();
    var inputs = new ArrayList<Parameter>();
    if (!method.stated().receiver().isEmpty()) {
      for (String name : operator.schema().inputNames((Op) operator.schema().defaults(), 0)) {
        if (!name.equals(method.stated().receiver())) {
          inputs.add(new Parameter("Tensor", Operator.camel(name)));
        }
      }
    }
    var attributes =
        method.stated().components().stream()
            .map(operator::attribute)
            .map(a -> new Parameter(types.parameter(a.type()), a.name()))
            .toList();
    var all = new ArrayList<>(inputs);
    all.addAll(attributes);
    if (method.stated().receiver().isEmpty()) {
      all.add(new Parameter("Tensor...", "data"));
    }
    return all;
  }

  private static String made(Method method, JavaTypes types) {
    var arguments = new ArrayList<String>();
    for (Attribute attribute : method.operator().attributes()) {
      arguments.add(
          method.stated().components().contains(attribute.name())
              ? types.attribute(attribute.type(), attribute.name(), "list")
              : types.literal(attribute.value()));
    }
    return "new "
        + types.name((Class<?>) method.operator().type())
        + "("
        + String.join(", ", arguments)
        + ")";
  }

  private static String twins(List<Method> all, String type) {
    var types = new JavaTypes();
    var body =
        new StringBuilder(
            "/**\n * {@link TensorOps} with results known to be of type {@link "
                + type
                + "}.\n *\n"
                + NOTE
                + " */\npublic sealed interface "
                + type
                + "Ops extends TensorOps permits "
                + type
                + " {\n");
    String separator = "";
    for (Method method : all) {
      if (method.stated().receiver().isEmpty()) {
        continue;
      }
      List<Parameter> parameters = parameters(method, types);
      body.append(separator)
          .append("  @Override\n  default ")
          .append(type)
          .append(' ')
          .append(method.stated().name())
          .append('(')
          .append(
              String.join(", ", parameters.stream().map(p -> p.type() + " " + p.name()).toList()))
          .append(") {\n    return (")
          .append(type)
          .append(") TensorOps.super.")
          .append(method.stated().name())
          .append('(')
          .append(String.join(", ", parameters.stream().map(Parameter::name).toList()))
          .append(");\n  }\n");
      separator = "\n";
    }
    return file(types, body.toString());
  }
}
