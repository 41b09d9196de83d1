package io.gluonj.generate;

import io.gluonj.generate.Operator.Attribute;
import io.gluonj.generate.Operator.Input;
import io.gluonj.op.Op;
import io.gluonj.op.OpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The overloads of one operator's function.
 *
 * <p>Inputs come first. The short form takes as parameters what the operator's method takes, or the
 * attributes without default if they are few; the long form takes a setting of all attributes. An
 * input that a boolean attribute announces is passed or left out, which sets that attribute.
 */
final class Function {
  /** How many attributes can be told apart by their position. */
  private static final int FEW = 3;

  private static final String OTHERS = "Tensor... others";
  private static final String LIST = "List<? extends T> data";

  private enum Results {
    FIRST,
    ALL
  }

  private final Operator operator;
  private final JavaTypes types;
  private final List<Attribute> settable;
  private final List<Attribute> positional;
  private boolean documented;

  Function(Operator operator, JavaTypes types) {
    this.operator = operator;
    this.types = types;
    List<String> toggles = toggles();
    this.settable =
        operator.attributes().stream().filter(a -> !toggles.contains(a.name())).toList();
    this.positional = positional();
  }

  private List<String> toggles() {
    return operator.inputs().stream().flatMap(i -> i.toggle().stream()).distinct().toList();
  }

  private List<Attribute> positional() {
    List<Attribute> required = settable.stream().filter(Attribute::required).toList();
    List<OpMethod> methods = operator.schema().user().methods();
    List<Attribute> chosen =
        methods.isEmpty()
            ? required
            : methods.getFirst().components().stream().map(operator::attribute).toList();
    boolean listsLast =
        IntStream.range(0, Math.max(0, chosen.size() - 1))
            .noneMatch(i -> JavaTypes.isList(chosen.get(i).type()));
    boolean listAfterAll =
        chosen.isEmpty()
            || !JavaTypes.isList(chosen.getLast().type())
            || types.parameter(chosen.getLast().type()).endsWith("...");
    boolean enough = chosen.containsAll(required);
    return enough && listsLast && listAfterAll && chosen.size() <= FEW ? chosen : List.of();
  }

  private boolean variadic() {
    return operator.schema().isVariadic();
  }

  /** Whether there is a class of attributes: the short form does not say everything. */
  private boolean hasSettings() {
    return !settable.isEmpty() && !positional.containsAll(settable);
  }

  /** The class of the attributes. */
  private String settings() {
    String name = operator.function();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Attributes";
  }

  /** All overloads, then the class of the attributes. */
  String text() {
    var out = new StringBuilder();
    for (List<Input> present : variants()) {
      overloads(out, present);
    }
    if (hasSettings()) {
      settings(out);
    }
    return out.toString();
  }

  /** The inputs that can be there together: all, then without optional ones at the end. */
  private List<List<Input>> variants() {
    List<Input> all = operator.inputs();
    int needed = all.size();
    while (needed > 0 && all.get(needed - 1).optional()) {
      needed--;
    }
    return IntStream.rangeClosed(0, all.size() - needed)
        .mapToObj(left -> all.subList(0, all.size() - left))
        .filter(this::together)
        .toList();
  }

  /** Whether inputs that one attribute announces are all there or all left out. */
  private boolean together(List<Input> present) {
    return operator.inputs().stream()
        .filter(left -> !present.contains(left) && left.toggle().isPresent())
        .noneMatch(left -> present.stream().anyMatch(i -> i.toggle().equals(left.toggle())));
  }

  private List<Results> results() {
    Op defaults = (Op) operator.schema().defaults();
    int[] sampled =
        operator.schema().samples().stream().mapToInt(s -> s.op().visibleOutputs()).toArray();
    int least = IntStream.of(sampled).min().orElse(defaults.visibleOutputs());
    int most =
        IntStream.concat(
                IntStream.of(sampled),
                Components.variants(operator.type(), defaults).stream()
                    .mapToInt(Op::visibleOutputs))
            .max()
            .orElse(least);
    if (least > 1) {
      return List.of(Results.ALL);
    }
    return most > 1 ? List.of(Results.FIRST, Results.ALL) : List.of(Results.FIRST);
  }

  private void overloads(StringBuilder out, List<Input> present) {
    boolean nothingRequired = settable.stream().noneMatch(Attribute::required);
    boolean listLast =
        !positional.isEmpty() && JavaTypes.isList(positional.getLast().type()) && !variadic();
    if (!positional.isEmpty()) {
      overload(out, present, positional, results().getFirst());
    }
    if (nothingRequired && !listLast && !noParameters(present)) {
      overload(out, present, List.of(), results().getFirst());
    }
    if (hasSettings()) {
      for (Results results : results()) {
        longForm(out, present, results);
      }
    }
  }

  /** An operator without inputs and attributes would be called without anything. */
  private boolean noParameters(List<Input> present) {
    return present.isEmpty() && !variadic() && hasSettings();
  }

  private void overload(
      StringBuilder out, List<Input> present, List<Attribute> given, Results results) {
    if (!variadic()) {
      overload(out, present, given, results, present.stream().map(this::typed).toList());
      return;
    }
    types.use("java.util.List");
    overload(out, present, given, results, List.of("T first", OTHERS));
    overload(out, present, given, results, List.of(LIST));
  }

  private void overload(
      StringBuilder out,
      List<Input> present,
      List<Attribute> given,
      Results results,
      List<String> inputs) {
    var parameters = new ArrayList<String>();
    given.forEach(a -> parameters.add(types.parameter(a.type()) + " " + parameter(a, present)));
    parameters.addAll(variadic() ? parameters.size() : 0, inputs);
    var arguments = new ArrayList<String>();
    for (Attribute attribute : operator.attributes()) {
      if (toggles().contains(attribute.name())) {
        arguments.add("" + toggled(attribute.name(), present));
      } else if (given.contains(attribute)) {
        arguments.add(types.attribute(attribute.type(), parameter(attribute, present), "list"));
      } else {
        arguments.add(types.literal(attribute.value()));
      }
    }
    String op =
        "new " + types.name((Class<?>) operator.type()) + "(" + String.join(", ", arguments) + ")";
    out.append(doc(hasSettings() || !isFull(present) || documented));
    documented |= !hasSettings();
    function(out, present, parameters, op, results, operator.function());
  }

  private boolean isFull(List<Input> present) {
    return present.size() == operator.inputs().size();
  }

  private void longForm(StringBuilder out, List<Input> present, Results results) {
    types.use("java.util.function.Consumer");
    var parameters = new ArrayList<String>();
    if (variadic()) {
      types.use("java.util.List");
      parameters.add(LIST);
    } else {
      present.forEach(i -> parameters.add(typed(i)));
    }
    parameters.add("Consumer<" + settings() + "> attributes");
    String flags =
        String.join(", ", toggles().stream().map(t -> "" + toggled(t, present)).toList());
    String op = "set(new " + settings() + "(), attributes).op(" + flags + ")";
    boolean second = results != results().getFirst();
    out.append(doc(second || !isFull(present)));
    function(
        out, present, parameters, op, results, operator.function() + (second ? "Outputs" : ""));
  }

  private void function(
      StringBuilder out,
      List<Input> present,
      List<String> parameters,
      String op,
      Results results,
      String name) {
    types.use("io.gluonj.tensor.Tensor");
    String call = results == Results.ALL ? "all(" : "one(";
    String type = results == Results.ALL ? "List<T>" : "T";
    if (results == Results.ALL) {
      types.use("java.util.List");
    }
    String head = "public static <T extends Tensor> " + type;
    String inputs =
        variadic()
            ? (parameters.contains(OTHERS) ? ", first, others" : ", data")
            : String.join("", present.stream().map(i -> ", " + i.name()).toList());
    if (present.isEmpty() && !variadic()) {
      types.use("io.gluonj.tensor.NDArray");
      head = "public static NDArray";
      call = "create(";
    }
    out.append("  ")
        .append(head)
        .append(' ')
        .append(name)
        .append('(')
        .append(String.join(", ", parameters))
        .append(") {\n    return ")
        .append(call)
        .append(op)
        .append(inputs)
        .append(");\n  }\n\n");
  }

  /**
   * An input. An optional one must not be a T: a lambda in its place could become one, so Java
   * says, and the overload without it would be ambiguous.
   */
  private String typed(Input input) {
    boolean first = operator.inputs().indexOf(input) == 0;
    return (input.optional() && !first ? "Tensor " : "T ") + input.name();
  }

  private static String parameter(Attribute attribute, List<Input> present) {
    boolean taken = present.stream().anyMatch(i -> i.name().equals(attribute.name()));
    return taken ? attribute.name() + "Value" : attribute.name();
  }

  private boolean toggled(String toggle, List<Input> present) {
    Input input =
        operator.inputs().stream()
            .filter(i -> i.toggle().filter(toggle::equals).isPresent())
            .findFirst()
            .orElseThrow();
    return present.contains(input) == input.present();
  }

  private String doc(boolean brief) {
    String text = operator.doc();
    if (brief) {
      return Javadoc.of("  ", Javadoc.firstSentence(text), "");
    }
    String mxnet =
        operator.schema().isInternal() ? "" : "MXNet {@code " + operator.schema().name() + "}";
    String onnx =
        operator.schema().user().onnx().isEmpty()
            ? ""
            : "ONNX {@code " + operator.schema().user().onnx() + "}";
    String names = mxnet + (mxnet.isEmpty() || onnx.isEmpty() ? "" : "; ") + onnx;
    return Javadoc.of("  ", text, names.isEmpty() ? "" : names + ".");
  }

  private void settings(StringBuilder out) {
    String type = settings();
    out.append("  /** Attributes of {@code ").append(operator.function()).append("}. */\n");
    out.append("  public static final class ").append(type).append(" extends Attributes {\n");
    for (Attribute a : settable) {
      out.append("    private ")
          .append(types.name(a.type()))
          .append(' ')
          .append(a.name())
          .append(" = ")
          .append(types.literal(a.value()))
          .append(";\n");
    }
    out.append("\n    private ").append(type).append("() {}\n");
    for (Attribute a : settable) {
      out.append('\n').append(Javadoc.of("    ", sentence(a), ""));
      out.append("    public ")
          .append(type)
          .append(' ')
          .append(a.name())
          .append('(')
          .append(types.parameter(a.type()))
          .append(' ')
          .append(a.name())
          .append(") {\n")
          .append(a.required() ? "      given(\"" + a.name() + "\");\n" : "")
          .append("      this.")
          .append(a.name())
          .append(" = ")
          .append(types.attribute(a.type(), a.name(), "list"))
          .append(";\n      return this;\n    }\n");
    }
    out.append("\n    private ").append(types.name((Class<?>) operator.type())).append(" op(");
    out.append(String.join(", ", toggles().stream().map(t -> "boolean " + t).toList()));
    out.append(") {\n");
    List<String> required =
        settable.stream().filter(Attribute::required).map(a -> "\"" + a.name() + "\"").toList();
    if (!required.isEmpty()) {
      out.append("      require(\"")
          .append(operator.function())
          .append("\", ")
          .append(String.join(", ", required))
          .append(");\n");
    }
    out.append("      return new ")
        .append(types.name((Class<?>) operator.type()))
        .append('(')
        .append(String.join(", ", operator.attributes().stream().map(Attribute::name).toList()))
        .append(");\n    }\n  }\n\n");
  }

  private String sentence(Attribute attribute) {
    String text = attribute.doc().strip();
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    if (!text.startsWith("{") && !text.startsWith("MXNet")) {
      text = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
    if (attribute.required()) {
      return text + "; must be given.";
    }
    String words = Defaults.words(attribute.value());
    boolean said = words.equals("none") && text.contains("left out");
    return said ? text + "." : text + "; " + words + " by default.";
  }
}
