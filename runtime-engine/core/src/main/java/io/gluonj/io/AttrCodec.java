package io.gluonj.io;

import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.types.GluonException;
import io.gluonj.types.UnsupportedOpException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Operators as MXNet's string attributes and back. The attributes are the record's components in
 * snake case; what else a file may say is in the operator's {@link OpSchema}.
 */
final class AttrCodec {
  /** Attributes any node may carry; they place or scale it and do not change what it computes. */
  private static final Set<String> HIDDEN =
      Set.of("ctx_group", "lr_mult", "wd_mult", "force_mirroring", "mirror_stage");

  private AttrCodec() {}

  // ------------------------------------------------------------------ writing

  /**
   * The attributes of an operator, sorted by name.
   *
   * @param node what messages call the node
   * @throws UnsupportedOpException if no file can name the operator
   */
  static Map<String, String> encode(Op op, String node, int inputs) {
    OpSchema<?> schema = op.schema();
    if (schema.isInternal() || op instanceof Op.Custom) {
      throw new UnsupportedOpException(
          "node '" + node + "' applies " + op,
          schema.name() + " has no counterpart in MXNet, whose files cannot name it",
          "export the graph as it was traced, before any pass rewrote it");
    }
    var attributes = new TreeMap<>(schema.written());
    for (RecordComponent component : op.getClass().getRecordComponents()) {
      String name = schema.attribute(component.getName());
      Object value = value(component, op);
      boolean usual = value.equals(value(component, schema.defaults()));
      boolean silent = usual && schema.omittedIfDefault().contains(name);
      boolean absent = usual && value.equals(Optional.empty()) && !schema.required().contains(name);
      if (!silent && !absent) {
        attributes.put(name, PythonText.write(value));
      }
    }
    if (schema.isVariadic() && !schema.countAttribute().isEmpty()) {
      attributes.put(schema.countAttribute(), Integer.toString(inputs));
    }
    return attributes;
  }

  private static Object value(RecordComponent component, Object op) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(op);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + op, e);
    }
  }

  // ------------------------------------------------------------------ reading

  /**
   * The operator that a file's attributes describe.
   *
   * @param problems told of everything that is not understood
   * @return empty if anything was not understood
   */
  static Optional<Op> decode(
      OpSchema<?> schema, Map<String, String> attributes, int inputs, Consumer<String> problems) {
    var found = new ArrayList<String>();
    Map<String, RecordComponent> components = components(schema);
    attributes.forEach((name, text) -> {
      if (!components.containsKey(name)) {
        checkOther(schema, components.keySet(), name, text, inputs, found::add);
      }
    });
    for (String name : schema.required()) {
      if (!attributes.containsKey(name)) {
        found.add("attribute " + name + " is missing");
      }
    }
    var values = new ArrayList<Object>();
    components.forEach((name, component) -> {
      String text = attributes.get(name);
      try {
        values.add(
            text == null
                ? value(component, schema.defaults())
                : PythonText.read(component.getGenericType(), text));
      } catch (IllegalArgumentException e) {
        found.add("attribute " + name + " is '" + text + "', " + e.getMessage());
      }
    });
    Optional<Op> op = Optional.empty();
    if (found.isEmpty()) {
      try {
        op = Optional.of(make(schema.defaults(), values));
      } catch (GluonException e) { // attributes that are well-formed and do not go together
        found.add(e.what() + ": " + e.because());
      }
    }
    found.forEach(problems);
    return op;
  }

  private static Map<String, RecordComponent> components(OpSchema<?> schema) {
    var components = new java.util.LinkedHashMap<String, RecordComponent>();
    for (RecordComponent component : schema.defaults().getClass().getRecordComponents()) {
      components.put(schema.attribute(component.getName()), component);
    }
    return components;
  }

  /** An attribute that is no component: allowed, allowed with one value, or unknown. */
  private static void checkOther(
      OpSchema<?> schema,
      Set<String> components,
      String name,
      String text,
      int inputs,
      Consumer<String> problems) {
    boolean allowed =
        schema.ignored().contains(name)
            || schema.written().containsKey(name)
            || HIDDEN.contains(name)
            || (name.length() > 4 && name.startsWith("__") && name.endsWith("__"));
    String only = schema.only().get(name);
    if (schema.isVariadic() && name.equals(schema.countAttribute())) {
      if (!text.strip().equals(Integer.toString(inputs))) {
        problems.accept(name + " is '" + text + "', but there are " + inputs + " inputs");
      }
    } else if (only != null) {
      if (!text.strip().equalsIgnoreCase(only)) {
        problems.accept("attribute " + name + " is '" + text + "', only " + only + " is supported");
      }
    } else if (!allowed) {
      var known = new TreeSet<>(components);
      known.addAll(schema.only().keySet());
      problems.accept("attribute " + name + " is unknown" + Suggestions.forName(name, known));
    }
  }

  private static Op make(Record prototype, List<Object> values) {
    Class<?>[] types =
        Arrays.stream(prototype.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = prototype.getClass().getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return (Op) canonical.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof GluonException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot make a " + prototype.getClass() + values, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + prototype.getClass() + values, e);
    }
  }
}
