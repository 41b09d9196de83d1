package io.gluonj.function;

import io.gluonj.types.InvalidArgumentException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the attributes of all functions have in common: they know which of those without a default
 * were given.
 */
abstract class Attributes {
  private final Set<String> given = new HashSet<>();

  final void given(String attribute) {
    given.add(attribute);
  }

  /**
   * Checks that the attributes without a default were given.
   *
   * @throws InvalidArgumentException naming those that were not
   */
  final void require(String function, String... attributes) {
    List<String> missing = Arrays.stream(attributes).filter(a -> !given.contains(a)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidArgumentException(
          "F." + function + " was called without " + String.join(", ", missing),
          "this attribute has no default",
          "set it: F." + function + "(…, a -> a." + missing.getFirst() + "(…))");
    }
  }
}
