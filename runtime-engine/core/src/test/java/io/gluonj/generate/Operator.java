package io.gluonj.generate;

import io.gluonj.op.Op;
import io.gluonj.op.OpMethod;
import io.gluonj.op.OpRegistry;
import io.gluonj.op.OpSchema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An operator as the generator sees it.
 *
 * @param function name of its function; that of its first method if it has one
 * @param doc what it computes, in Javadoc
 * @param inputs all that it can have, the optional ones at the end
 */
public record Operator(
    Class<? extends Op> type,
    OpSchema<?> schema,
    String function,
    String doc,
    List<Attribute> attributes,
    List<Input> inputs) {

  /**
   * An attribute.
   *
   * @param spelled MXNet's name
   * @param value the default
   */
  public record Attribute(
      String name, String spelled, Type type, boolean required, Object value, String doc) {}

  /**
   * An input.
   *
   * @param name in Java
   * @param optional whether it is absent with some attributes
   * @param toggle the boolean attribute that says whether it is there, if there is such a one
   * @param present the toggle's value where it is there
   */
  public record Input(String name, boolean optional, Optional<String> toggle, boolean present) {}

  private static final Pattern PREFIX = Pattern.compile("^_*(contrib_|np_)?");

  /** All operators that users can apply, in the registry's order. */
  public static List<Operator> all() {
    return OpRegistry.all().stream()
        .filter(
            type -> !OpSchema.of(type).name().startsWith("_") || !OpSchema.of(type).isInternal())
        .map(Operator::of)
        .toList();
  }

  /** Every operator, also those of the compiler. */
  public static List<Operator> everyOne() {
    return OpRegistry.all().stream().map(Operator::of).toList();
  }

  private static Operator of(Class<? extends Op> type) {
    OpSchema<?> schema = OpSchema.of(type);
    SourceDocs source = SourceDocs.of(type);
    String doc = schema.user().text().isEmpty() ? source.text() : schema.user().text();
    String function = functionName(schema);
    return new Operator(
        type,
        schema,
        function,
        doc.isEmpty() ? "MXNet's {@code " + schema.name() + "} of the input." : doc,
        attributes(type, schema, source.components()),
        inputs(type, schema));
  }

  /** The top-level class or interface that declares the record. */
  Class<?> family() {
    Class<?> top = type;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    return top;
  }

  Attribute attribute(String name) {
    return attributes.stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                type.getName() + " states a method with '" + name + "', which it lacks"));
  }

  private static String functionName(OpSchema<?> schema) {
    if (!schema.user().function().isEmpty()) {
      return schema.user().function();
    }
    List<OpMethod> methods = schema.user().methods();
    return methods.isEmpty()
        ? camel(PREFIX.matcher(schema.name()).replaceFirst(""))
        : methods.getFirst().name();
  }

  /** {@code SVMOutput} is svmOutput, {@code one_hot} oneHot. */
  static String camel(String name) {
    String head =
        Pattern.compile("^[A-Z]+(?=[A-Z][a-z]|$|\\d|_)|^[A-Z]")
            .matcher(name)
            .replaceFirst(m -> m.group().toLowerCase(Locale.ROOT));
    return Pattern.compile("_+([a-zA-Z0-9])")
        .matcher(head)
        .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }

  private static List<Attribute> attributes(
      Class<? extends Op> type, OpSchema<?> schema, Map<String, String> docs) {
    var found = new ArrayList<Attribute>();
    for (RecordComponent component : type.getRecordComponents()) {
      String spelled = schema.attribute(component.getName());
      found.add(
          new Attribute(
              component.getName(),
              spelled,
              component.getGenericType(),
              schema.required().contains(spelled),
              Components.read(component, schema.defaults()),
              docs.getOrDefault(component.getName(), Glossary.of(spelled))));
    }
    return found;
  }

  private static List<Input> inputs(Class<? extends Op> type, OpSchema<?> schema) {
    if (schema.isVariadic()) {
      return List.of();
    }
    Op defaults = (Op) schema.defaults();
    List<String> present = schema.inputNames(defaults, 0);
    List<Op> variants = Components.variants(type, defaults);
    var found = new ArrayList<Input>();
    for (String name : schema.inputNames()) {
      boolean optional =
          !present.contains(name)
              || variants.stream().anyMatch(op -> !schema.inputNames(op, 0).contains(name));
      Optional<String> toggle =
          Arrays.stream(type.getRecordComponents())
              .filter(c -> c.getType() == boolean.class)
              .filter(c ->
                  Components.flipped(type, defaults, c)
                      .filter(
                          op -> schema.inputNames(op, 0).contains(name) != present.contains(name))
                      .isPresent())
              .map(RecordComponent::getName)
              .findFirst();
      boolean on =
          toggle
              .map(t -> Components.read(type, t, defaults).equals(present.contains(name)))
              .orElse(true);
      found.add(new Input(camel(name), optional, toggle, on));
    }
    return found;
  }
}
