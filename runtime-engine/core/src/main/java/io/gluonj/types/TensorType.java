package io.gluonj.types;

/** What is known of a tensor without its values: shape and element type. */
public record TensorType(Shape shape, DType dtype) {
  /** A float32 tensor of the given extents. */
  public static TensorType float32(long... dims) {
    return new TensorType(Shape.of(dims), DType.FLOAT32);
  }

  /** Size in bytes; the shape must be known. */
  public long bytes() {
    return Math.multiplyExact(shape.size(), (long) dtype.bytes());
  }

  /** {@code float32(2, 3)}. */
  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
