package io.gluonj.op;

import io.gluonj.types.Shape;

/**
 * A batch of images in one of the two orders of axes, by its numbers.
 *
 * @param plane spatial extents
 */
record ImageBatch(int batch, int channels, Shape plane, boolean channelsLast) {
  /** A tensor taken apart, whatever its number of spatial axes; none is a single pixel. */
  static ImageBatch of(Shape shape, boolean channelsLast) {
    int rank = shape.rank();
    long[] plane = new long[rank - 2];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = shape.dim(channelsLast ? i + 1 : i + 2);
    }
    return new ImageBatch(
        Math.toIntExact(shape.dim(0)),
        Math.toIntExact(shape.dim(channelsLast ? rank - 1 : 1)),
        Shape.of(plane),
        channelsLast);
  }

  /** Number of pixels of an image. */
  int pixels() {
    return Math.toIntExact(plane.size());
  }

  /** Row-major position of an element. */
  int index(int image, int channel, int pixel) {
    return channelsLast
        ? (image * pixels() + pixel) * channels + channel
        : (image * channels + channel) * pixels() + pixel;
  }
}
