package io.gluonj.generate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How default values are told to readers. */
final class Defaults {
  private Defaults() {}

  static String words(Object value) {
    return switch (value) {
      case Optional<?> o -> o.isEmpty() ? "none" : words(o.get());
      case List<?> list ->
          list.isEmpty()
              ? "none"
              : "(" + String.join(", ", list.stream().map(Defaults::words).toList()) + ")";
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e6 -> "" + (long) (double) d;
      case Enum<?> e -> "{@code " + e.name().toLowerCase(Locale.ROOT) + "}";
      default -> value.toString();
    };
  }
}
