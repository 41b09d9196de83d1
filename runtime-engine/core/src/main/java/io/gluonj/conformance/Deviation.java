package io.gluonj.conformance;

import io.gluonj.types.Shape;

/**
 * Where a result is farthest from what was recorded.
 *
 * @param where the result and the place in it, for example {@code output 0 at (1, 2)}
 * @param relative the difference divided by 1 + |expected|; infinite where only one of the two is a
 *     number or only one is finite
 */
public record Deviation(String where, double found, double expected, double relative) {
  static Deviation of(String result, Shape shape, int position, double found, double expected) {
    return new Deviation(
        result + " at " + place(shape, position), found, expected, relative(found, expected));
  }

  /** Zero for equal values, both NaN included; -0.0 is 0.0. */
  static double relative(double found, double expected) {
    if (found == expected || (Double.isNaN(found) && Double.isNaN(expected))) {
      return 0;
    }
    double difference = Math.abs(found - expected) / (1 + Math.abs(expected));
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private static Shape place(Shape shape, long position) {
    long[] place = new long[shape.rank()];
    long rest = position;
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return Shape.of(place);
  }

  @Override
  public String toString() {
    return where + " is " + found + ", expected " + expected;
  }
}
