package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Locale;

/**
 * An orthogonal matrix times {@code scale} (Saxe, McClelland, Ganguli, arXiv:1312.6120): the rows
 * of a weight (out, rest) are orthonormal if there are at most as many as columns, else the columns
 * are.
 *
 * @param scale factor on the matrix
 * @param randType what the matrix is made from: uniform in [-1, 1) or normal numbers
 */
public record Orthogonal(double scale, Xavier.Distribution randType) implements Initializer {
  public Orthogonal {
    Values.requireFinite("Orthogonal", "scale", scale);
  }

  /** Scale 1.414, from uniform numbers. */
  public Orthogonal() {
    this(1.414, Xavier.Distribution.UNIFORM);
  }

  @Override
  public float[] values(Shape shape, Generator random) {
    int count = Values.count(shape);
    if (shape.rank() < 2) {
      throw new InvalidArgumentException(
          "Orthogonal was asked to fill a parameter of shape " + shape,
          "only a matrix can be orthogonal",
          "give this parameter an initializer of its own, such as zeros");
    }
    if (count == 0) {
      return new float[0];
    }
    float[] drawn =
        switch (randType) {
          case UNIFORM -> random.uniform(count, -1, 1);
          case GAUSSIAN -> random.normal(count, 0, 1);
        };
    int rows = Math.toIntExact(shape.dim(0));
    int columns = count / rows;
    boolean wide = rows <= columns;
    double[][] vectors = new double[wide ? rows : columns][wide ? columns : rows];
    for (int i = 0; i < count; i++) {
      int row = i / columns;
      int column = i % columns;
      vectors[wide ? row : column][wide ? column : row] = drawn[i];
    }
    orthonormalize(vectors);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int row = i / columns;
      int column = i % columns;
      values[i] = (float) (scale * vectors[wide ? row : column][wide ? column : row]);
    }
    return values;
  }

  /** Gram and Schmidt's process, each projection taken twice so that rounding does not add up. */
  private static void orthonormalize(double[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double overlap = dot(vectors[i], vectors[j]);
          for (int k = 0; k < vectors[i].length; k++) {
            vectors[i][k] -= overlap * vectors[j][k];
          }
        }
        double length = Math.sqrt(dot(vectors[i], vectors[i]));
        for (int k = 0; k < vectors[i].length; k++) {
          vectors[i][k] /= length;
        }
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public String spec() {
    return new Spec("orthogonal")
        .with("scale", scale)
        .with(
            "rand_type",
            randType == Xavier.Distribution.GAUSSIAN
                ? "normal"
                : randType.name().toLowerCase(Locale.ROOT))
        .toString();
  }
}
