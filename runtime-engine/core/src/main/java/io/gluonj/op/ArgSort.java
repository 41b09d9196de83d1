package io.gluonj.op;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The order of the elements of each row of data (rows, n), as int64 positions. Equal elements keep
 * their order, whichever the direction; NaN counts as larger than everything.
 */
public record ArgSort(boolean ascending) implements Op.Library {
  static final OpSchema<ArgSort> SCHEMA =
      OpSchema.internal(new ArgSort(true), "_argsort")
          .inputs("data")
          .sample(new ArgSort(true), Shape.of(3, 7))
          .sample(new ArgSort(false), Shape.of(2, 5));

  @Override
  public void infer(Infer s) {
    Shape data = s.in(0);
    if (data.hasRank() && data.rank() != 2) {
      throw s.error("data of rank " + data.rank(), "rows are sorted", "reshape to (rows, n)");
    }
    s.out(0, data, "there is one position for each element");
    s.dtype(0, DType.INT64);
  }

  @Override
  public void vjp(Vjp g) {
    g.none(0, "an order is piecewise constant in the values");
  }

  /** Whether the element {@code a} at position {@code i} comes before {@code b} at {@code j}. */
  public boolean before(double a, int i, double b, int j) {
    // 0 and -0 are equal
    int order = Double.compare(a + 0.0, b + 0.0);
    return order == 0 ? i < j : ascending == order < 0;
  }

  @Override
  public void reference(Reference r) {
    int rows = (int) r.inShape(0).dim(0);
    int n = (int) r.inShape(0).dim(1);
    for (int row = 0; row < rows; row++) {
      int base = row * n;
      double[] x = r.in(0);
      Comparator<Integer> byValue = Comparator.comparingDouble(i -> x[base + i] + 0.0);
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(ascending ? byValue : byValue.reversed())
              .mapToInt(i -> i)
              .toArray();
      for (int i = 0; i < n; i++) {
        r.out(0)[base + i] = order[i];
      }
    }
  }
}
