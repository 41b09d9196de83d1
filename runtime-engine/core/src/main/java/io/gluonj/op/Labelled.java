package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A tensor whose axes have names, one letter each. */
record Labelled(Tensor tensor, String labels) {
  /** The letters of both, each once. */
  static String union(String a, String b) {
    return letters(a + b, c -> true);
  }

  /** Letters for which something holds, each once. */
  private static String letters(String from, IntPredicate holds) {
    return from.chars()
        .filter(holds)
        .distinct()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private long extent(int label) {
    return tensor.shape().dim(labels.indexOf(label));
  }

  private Shape shape(String axes) {
    return Shape.of(axes.chars().mapToLong(this::extent).toArray());
  }

  /** The diagonal along axes that share a name. */
  Labelled diagonal() {
    for (int i = 0; i < labels.length(); i++) {
      int other = labels.indexOf(labels.charAt(i), i + 1);
      if (other > 0) {
        Tensor diagonal = Ops.call(new Diagonal.Diag(0, i, other), tensor);
        var rest = new StringBuilder(labels).deleteCharAt(other).deleteCharAt(i);
        return new Labelled(diagonal, rest.append(labels.charAt(i)).toString()).diagonal();
      }
    }
    return this;
  }

  /** Without the axes of extent 1 that stand for a longer one. */
  Labelled withoutRepeated(Subscripts.Extents extents) {
    String own = letters(labels, c -> extent(c) == extents.of(c));
    return own.equals(labels) ? this : new Labelled(tensor.reshapeTo(shape(own)), own);
  }

  /** Summed over all axes that nobody needs. */
  Labelled summed(String needed) {
    String rest = letters(labels, c -> needed.indexOf(c) >= 0);
    if (rest.equals(labels)) {
      return this;
    }
    int[] axes =
        IntStream.range(0, labels.length())
            .filter(i -> needed.indexOf(labels.charAt(i)) < 0)
            .toArray();
    return new Labelled(tensor.sum(axes).reshapeTo(shape(rest)), rest);
  }

  /** With the axes in another order. */
  Tensor ordered(String order) {
    return order.equals(labels)
        ? tensor
        : tensor.transpose(order.chars().map(labels::indexOf).toArray());
  }

  /** The product with another tensor, summed over the common axes that nobody needs. */
  Labelled times(Labelled other, String needed) {
    String common = letters(labels, c -> other.labels.indexOf(c) >= 0);
    String batch = letters(common, c -> needed.indexOf(c) >= 0);
    String inner = letters(common, c -> needed.indexOf(c) < 0);
    String rows = letters(labels, c -> common.indexOf(c) < 0);
    String columns = letters(other.labels, c -> common.indexOf(c) < 0);
    Shape shape = join(join(shape(batch), shape(rows)), other.shape(columns));
    if (inner.isEmpty()) {
      Tensor left = spaced(batch + rows, columns.length(), "");
      Tensor right = other.spaced(batch, rows.length(), columns);
      return new Labelled(left.mul(right), batch + rows + columns);
    }
    boolean turned = labels.equals(batch + inner + rows);
    boolean otherTurned = other.labels.equals(batch + columns + inner);
    Tensor left = turned ? matrices(batch, inner, rows) : matrices(batch, rows, inner);
    Tensor right =
        otherTurned ? other.matrices(batch, columns, inner) : other.matrices(batch, inner, columns);
    Tensor product = Ops.call(new MatMul(turned, otherTurned, false), left, right);
    return new Labelled(product.reshapeTo(shape), batch + rows + columns);
  }

  private static Shape join(Shape a, Shape b) {
    return Shape.of(LongStream.concat(LongStream.of(a.dims()), LongStream.of(b.dims())).toArray());
  }

  /** Axes with some of extent 1 between them. */
  private Tensor spaced(String first, int gap, String last) {
    Shape ones = Shape.of(LongStream.generate(() -> 1).limit(gap).toArray());
    return ordered(first + last).reshapeTo(join(join(shape(first), ones), shape(last)));
  }

  /** Matrices over the merged axes, with a batch axis in front if there is a batch. */
  private Tensor matrices(String batch, String rows, String columns) {
    Shape matrix = Shape.of(shape(rows).size(), shape(columns).size());
    return ordered(batch + rows + columns)
        .reshapeTo(batch.isEmpty() ? matrix : matrix.insert(0, shape(batch).size()));
  }
}
