package io.gluonj.generate;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** How the types and values of attributes are written in Java; collects the imports. */
final class JavaTypes {
  private final TreeSet<String> imports = new TreeSet<>();

  /** Adds an import. */
  void use(String name) {
    imports.add(name);
  }

  /** The import statements for what a body names. */
  String imports(String ownPackage, String body) {
    var text = new StringBuilder();
    for (String name : imports) {
      String simple = name.substring(name.lastIndexOf('.') + 1);
      if (Pattern.compile("\\b" + simple + "\\b").matcher(body).find()
          && !name.startsWith("java.lang.")
          && !name.substring(0, name.lastIndexOf('.')).equals(ownPackage)) {
        text.append("import ").append(name).append(";\n");
      }
    }
    return text.toString();
  }

  /** A class by its outermost class's simple name. */
  String name(Class<?> type) {
    if (type.isPrimitive()) {
      return type.getName();
    }
    String nested = type.getSimpleName();
    Class<?> top = type;
    while (top.getEnclosingClass() != null) {
      requirePublic(top);
      top = top.getEnclosingClass();
      nested = top.getSimpleName() + "." + nested;
    }
    requirePublic(top);
    use(top.getName());
    return nested;
  }

  private static void requirePublic(Class<?> type) {
    if (!Modifier.isPublic(type.getModifiers())) {
      throw new IllegalStateException(
          type.getName() + " is not public, but functions of other packages need it");
    }
  }

  /** A type as it is declared. */
  String name(Type type) {
    if (type instanceof ParameterizedType p) {
      Type argument = p.getActualTypeArguments()[0];
      return name((Class<?>) p.getRawType()) + "<" + name(argument) + ">";
    }
    return name((Class<?>) type);
  }

  private static boolean is(Type type, Class<?> raw, Class<?> argument) {
    return type instanceof ParameterizedType p
        && p.getRawType() == raw
        && p.getActualTypeArguments()[0] == argument;
  }

  /** Whether a parameter of this type takes any number of values. */
  static boolean isList(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == List.class;
  }

  private static String primitive(Class<?> box) {
    return switch (box.getSimpleName()) {
      case "Integer" -> "int";
      case "Long" -> "long";
      case "Double" -> "double";
      case "Boolean" -> "boolean";
      default -> "";
    };
  }

  /** The type of a parameter that gives an attribute: numbers instead of lists of boxes. */
  String parameter(Type type) {
    for (Class<?> number : List.of(Integer.class, Long.class, Double.class)) {
      if (is(type, List.class, number)) {
        return primitive(number) + "...";
      }
    }
    if (isOptionalLongs(type)) {
      use("org.jspecify.annotations.Nullable");
      return "@Nullable Long...";
    }
    if (type instanceof ParameterizedType p
        && p.getRawType() == Optional.class
        && p.getActualTypeArguments()[0] instanceof Class<?> value) {
      return primitive(value).isEmpty() ? name(value) : primitive(value);
    }
    return name(type);
  }

  private static boolean isOptionalLongs(Type type) {
    return isList(type)
        && is(((ParameterizedType) type).getActualTypeArguments()[0], Optional.class, Long.class);
  }

  /** The expression that makes an attribute of such a parameter; {@code list} makes lists. */
  String attribute(Type type, String parameter, String list) {
    if (parameter(type).endsWith("...")) {
      return (isOptionalLongs(type) ? "optional(" : list + "(") + parameter + ")";
    }
    if (type instanceof ParameterizedType p && p.getRawType() == Optional.class) {
      use("java.util.Optional");
      return "Optional.of(" + parameter + ")";
    }
    return parameter;
  }

  /** A value as an expression. */
  String literal(Object value) {
    return switch (value) {
      case Boolean b -> b.toString();
      case Integer i -> i.toString();
      case Long l -> l + "L";
      case Double d when d.isInfinite() ->
          d > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
      case Double d when d.isNaN() -> "Double.NaN";
      case Double d -> d == Math.rint(d) && Math.abs(d) < 1e6 ? "" + (long) (double) d : "" + d;
      case String s -> "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      case Optional<?> o -> {
        use("java.util.Optional");
        yield o.isEmpty() ? "Optional.empty()" : "Optional.of(" + boxed(o.get()) + ")";
      }
      case List<?> list -> {
        use("java.util.List");
        yield "List.of(" + String.join(", ", list.stream().map(this::boxed).toList()) + ")";
      }
      case DType type -> name(DType.class) + "." + type.name();
      case Enum<?> e -> name(e.getDeclaringClass()) + "." + e.name();
      case Shape s when s.hasRank() && s.rank() == 0 -> name(Shape.class) + ".scalar()";
      default ->
          throw new IllegalStateException(
              "no way to write a default of type " + value.getClass().getName() + " in Java");
    };
  }

  private String boxed(Object value) {
    return value instanceof Double d && d == Math.rint(d) ? d.toString() : literal(value);
  }
}
