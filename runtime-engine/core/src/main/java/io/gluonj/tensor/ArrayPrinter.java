package io.gluonj.tensor;

import io.gluonj.types.Shape;
import java.util.Locale;

/**
 * Arrays as text, in MXNet's form:
 *
 * <pre>
 * [[1. 2.]
 *  [3. 4.]]
 * &lt;NDArray (2, 2) @cpu&gt;
 * </pre>
 */
final class ArrayPrinter {
  private static final int EDGE = 3;
  private static final int SUMMARIZE_ABOVE = 1000;

  private final double[] values;
  private final Shape shape;
  private final boolean floating;
  private final StringBuilder text = new StringBuilder();

  private ArrayPrinter(NDArray array) {
    this.values = array.toDoubles();
    this.shape = array.shape();
    this.floating = array.dtype().isFloating();
  }

  static String print(NDArray array) {
    ArrayPrinter printer = new ArrayPrinter(array);
    printer.axis(0, 0);
    return printer
        .text
        .append("\n<NDArray ")
        .append(array.shape())
        .append(" @")
        .append(array.device())
        .append('>')
        .toString();
  }

  private void axis(int axis, long base) {
    if (axis == shape.rank()) {
      text.append(number(values[(int) base]));
      return;
    }
    long n = shape.dim(axis);
    long step = shape.strides()[axis];
    boolean last = axis == shape.rank() - 1;
    text.append('[');
    for (long i = 0; i < n; i++) {
      if (i > 0) {
        text.append(last ? " " : "\n" + " ".repeat(axis + 1));
      }
      if (values.length > SUMMARIZE_ABOVE && n > 2 * EDGE && i == EDGE) {
        text.append("...").append(last ? " " : "\n" + " ".repeat(axis + 1));
        i = n - EDGE;
      }
      axis(axis + 1, base + i * step);
    }
    text.append(']');
  }

  private String number(double value) {
    if (!floating) {
      return Long.toString((long) value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e8) {
      return (long) value + ".";
    }
    double size = Math.abs(value);
    return size != 0 && (size < 1e-4 || size >= 1e8)
        ? String.format(Locale.ROOT, "%.8e", value)
        : String.format(Locale.ROOT, "%.8f", value).replaceAll("0+$", "");
  }
}
