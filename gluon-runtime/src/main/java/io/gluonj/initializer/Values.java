package io.gluonj.initializer;

import io.gluonj.registry.Registry;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.Locale;

/** What the initializers share: counting elements and checking their settings. */
final class Values {
  private Values() {}

  /** Number of elements of a shape that is fully known and fits a Java array. */
  static int count(Shape shape) {
    if (!shape.isKnown() || shape.size() > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "an initializer was asked for values of shape " + shape,
          shape.isKnown()
              ? "a parameter has at most " + Integer.MAX_VALUE + " elements"
              : "unknown extents are filled from the first input before values are made",
          "state the whole shape, or call the block with an input first");
    }
    return (int) shape.size();
  }

  static float[] all(Shape shape, float value) {
    float[] values = new float[count(shape)];
    Arrays.fill(values, value);
    return values;
  }

  /** The width of a distribution: finite and not negative. */
  static void requireScale(String initializer, String setting, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgumentException(
          initializer + ": " + setting + " " + value,
          "the width of a distribution is a finite number, 0 or more",
          "use a small positive number, such as 0.01");
    }
  }

  static void requireFinite(String initializer, String setting, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidArgumentException(
          initializer + ": " + setting + " " + value,
          "the values it makes would not be numbers",
          "use a finite number");
    }
  }

  /** The enum constant that MXNet writes in lower case. */
  static <E extends Enum<E>> E constant(Class<E> type, String setting, String word) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(word)) {
        return constant;
      }
    }
    throw Registry.unknown(
        setting,
        word,
        Arrays.stream(type.getEnumConstants())
            .map(c -> c.name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
