package io.gluonj.initializer;

import io.gluonj.tensor.Generator;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;

/**
 * The kernel of bilinear upsampling, for the weight (channels, 1, size, size) of a deconvolution.
 */
public record Bilinear() implements Initializer {
  @Override
  public float[] values(Shape shape, Generator random) {
    float[] values = new float[Values.count(shape)];
    if (shape.rank() != 4) {
      throw new InvalidArgumentException(
          "Bilinear was asked to fill a parameter of shape " + shape,
          "it fills the weight of a two-dimensional deconvolution, (channels, 1, height, width)",
          "give this parameter another initializer");
    }
    int height = Math.toIntExact(shape.dim(2));
    int width = Math.toIntExact(shape.dim(3));
    double factor = Math.ceil(width / 2.0);
    double center = (2 * factor - 1 - factor % 2) / (2 * factor);
    for (int i = 0; i < values.length; i++) {
      double x = i % width;
      double y = (i / width) % height;
      values[i] =
          (float) ((1 - Math.abs(x / factor - center)) * (1 - Math.abs(y / factor - center)));
    }
    return values;
  }

  @Override
  public String spec() {
    return new Spec("bilinear").toString();
  }
}
