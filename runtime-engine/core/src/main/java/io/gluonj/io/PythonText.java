package io.gluonj.io;

import io.gluonj.types.DType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Attribute values as Python spells them and MXNet parses them: {@code True}, {@code None}, {@code
 * (3,)}, {@code 1e-05}.
 */
final class PythonText {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private PythonText() {}

  // ------------------------------------------------------------------ writing

  static String write(Object value) {
    return switch (value) {
      case Boolean b -> b ? "True" : "False";
      case Double d -> write(d.doubleValue());
      case Number n -> n.toString();
      case Enum<?> e when !(e instanceof DType) -> e.name().toLowerCase(Locale.ROOT);
      case Optional<?> o -> o.map(PythonText::write).orElse("None");
      case List<?> l -> tuple(l);
      default -> value.toString();
    };
  }

  private static String tuple(List<?> values) {
    String inner = values.stream().map(PythonText::write).collect(Collectors.joining(", "));
    return values.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }

  /** Python's repr: the shortest digits that read back, an exponent from 1e16 and below 1e-4. */
  private static String write(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value > 0 ? "0.0" : "-0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value < 0 ? "-" : "")
        + mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  // ------------------------------------------------------------------ reading

  /**
   * Reads a value of a record component's type.
   *
   * @throws IllegalArgumentException if the text is no such value; the message says what is wanted
   */
  static Object read(Type type, String text) {
    String value = text.strip();
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      boolean none = value.equals("None");
      return generic.getRawType() == Optional.class
          ? (none ? Optional.empty() : Optional.of(read(element, value)))
          : (none ? List.of() : readTuple(element, value));
    }
    return readSimple((Class<?>) type, value);
  }

  private static Object readSimple(Class<?> type, String value) {
    if (type == boolean.class || type == Boolean.class) {
      return readBoolean(value);
    }
    if (type == int.class || type == Integer.class) {
      return Math.toIntExact(readLong(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (type == long.class || type == Long.class) {
      return readLong(value, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return readDouble(value);
    }
    if (type == DType.class) {
      return constant(DType.class, value);
    }
    return type.isEnum() ? constant(type, value) : value;
  }

  private static boolean readBoolean(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException("expected True or False");
    };
  }

  private static long readLong(String value, long least, long most) {
    String digits = value.endsWith("L") ? value.substring(0, value.length() - 1) : value;
    try {
      long number = Long.parseLong(digits);
      if (number >= least && number <= most) {
        return number;
      }
      throw new IllegalArgumentException("expected an integer from " + least + " to " + most);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected an integer", e);
    }
  }

  private static double readDouble(String value) {
    return switch (value) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      case String s when NUMBER.matcher(s).matches() -> Double.parseDouble(s);
      default -> throw new IllegalArgumentException("expected a number");
    };
  }

  private static Object constant(Class<?> type, String value) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (write(constant).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "expected one of "
            + Arrays.stream(constants).map(PythonText::write).collect(Collectors.joining(", ")));
  }

  /** A tuple or list; a single value without brackets is a tuple of one. */
  private static List<Object> readTuple(Type element, String value) {
    boolean open = value.startsWith("(") || value.startsWith("[");
    boolean closed = value.endsWith(")") || value.endsWith("]");
    if (open != closed) {
      throw new IllegalArgumentException("expected a tuple such as (3, 3)");
    }
    String inner = open ? value.substring(1, value.length() - 1).strip() : value;
    if (inner.isEmpty()) {
      return List.of();
    }
    if (inner.endsWith(",")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    var values = new ArrayList<Object>();
    for (String part : inner.split(",", -1)) {
      values.add(read(element, part));
    }
    return List.copyOf(values);
  }
}
