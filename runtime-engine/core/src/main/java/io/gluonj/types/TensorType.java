package io.gluonj.types;

/** What is known of a tensor without its values: shape and element type. */
public record TensorType(Shape shape, DType dtype) {
  /** A float32 tensor of the given extents. */
  public static TensorType float32(long... dims) {
    return new TensorType(Shape.of(dims), DType.FLOAT32);
  }

  /**
   * Size in bytes; the shape must be known.
   *
   * @throws InvalidArgumentException if a 64-bit number cannot count them
   */
  public long bytes() {
    long elements = shape.size();
    if (elements > Long.MAX_VALUE / dtype.bytes()) {
      throw shape.tooLarge();
    }
    return elements * dtype.bytes();
  }

  /** {@code float32(2, 3)}. */
  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
