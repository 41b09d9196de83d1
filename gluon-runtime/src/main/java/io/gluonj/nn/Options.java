package io.gluonj.nn;

import io.gluonj.gluon.Parameter;
import io.gluonj.types.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the options of layers share: bounds, one number for all axes, Python's spelling. */
final class Options {
  private Options() {}

  /** The value, if it is at least the bound. */
  static int atLeast(int bound, String layer, String option, int value) {
    if (value < bound) {
      throw new InvalidArgumentException(
          layer + ": " + option + " " + value,
          option + " is at least " + bound,
          "pass a number from " + bound + " on");
    }
    return value;
  }

  /** One value for each axis, from one for all or one for each. */
  static int[] perAxis(int axes, int bound, String layer, String option, int... values) {
    if (values.length != 1 && values.length != axes) {
      throw new InvalidArgumentException(
          layer + ": " + option + " " + Arrays.toString(values),
          "it has " + axes + (axes == 1 ? " spatial axis" : " spatial axes"),
          "pass one number" + (axes == 1 ? "" : ", or one for each axis"));
    }
    int[] all = new int[axes];
    for (int i = 0; i < axes; i++) {
      all[i] = atLeast(bound, layer, option, values[values.length == 1 ? 0 : i]);
    }
    return all;
  }

  /** The values as the operators take them. */
  static List<Long> longs(int[] values) {
    return Arrays.stream(values).asLongStream().boxed().toList();
  }

  /** {@code (5, 5)}, {@code (5,)}: a tuple as Python prints it. */
  static String tuple(int[] values) {
    return Arrays.stream(values)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", values.length == 1 ? ",)" : ")"));
  }

  /** {@code True} or {@code False}, as Python prints it. */
  static String python(boolean value) {
    return value ? "True" : "False";
  }

  /** A number as Python prints it: 1e-05, 0.001, 0.9. */
  static String python(double value) {
    String text = Double.toString(value);
    int e = text.indexOf('E');
    if (e < 0) {
      return text;
    }
    String digits = text.substring(0, e).replaceFirst("\\.0$", "");
    int exponent = Integer.parseInt(text.substring(e + 1));
    if (exponent == -4) {
      return "0.000" + digits.replace(".", "");
    }
    return String.format(
        Locale.ROOT, "%se%s%02d", digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** An extent of a parameter, or of its declaration, or None, as Gluon prints it. */
  static String extent(@Nullable Parameter parameter, int axis, int declared) {
    long extent = parameter == null ? declared : parameter.shape().dim(axis);
    return extent <= 0 ? "None" : Long.toString(extent);
  }

  /** MXNet's layout of a tensor with that many spatial axes. */
  static String layout(int axes) {
    return switch (axes) {
      case 1 -> "NCW";
      case 2 -> "NCHW";
      case 3 -> "NCDHW";
      default -> throw new IllegalStateException(axes + " spatial axes");
    };
  }
}
