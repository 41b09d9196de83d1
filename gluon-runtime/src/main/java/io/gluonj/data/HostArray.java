package io.gluonj.data;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A dense array on the Java heap: what samples are made of before they become part of a batch.
 *
 * <p>It wraps a primitive array without copying it, costs no native memory and needs no closing.
 * Row-major. The wrapped array must not be changed afterwards: rows share it, and so do threads.
 */
public final class HostArray {
  private final DType dtype;
  private final Shape shape;
  private final MemorySegment values;

  private HostArray(DType dtype, Shape shape, MemorySegment values) {
    this.dtype = dtype;
    this.shape = shape;
    this.values = values.asReadOnly();
  }

  private static HostArray wrap(DType dtype, Shape shape, MemorySegment values) {
    if (!shape.isKnown() || shape.size() * dtype.bytes() != values.byteSize()) {
      throw new InvalidArgumentException(
          "HostArray: %d %s values for shape %s"
              .formatted(values.byteSize() / dtype.bytes(), dtype, shape),
          "an array holds the product of its extents",
          "pass " + (shape.isKnown() ? shape.size() + " values" : "a known shape"));
    }
    return new HostArray(dtype, shape, values);
  }

  /** Fresh heap memory for an array of the given type. */
  static MemorySegment bytes(TensorType type) {
    if (type.bytes() > Integer.MAX_VALUE - 8) {
      throw new InvalidArgumentException(
          type.bytes() + " bytes for an array of type " + type,
          "an array on the Java heap has less than 2 GiB",
          "make the batch smaller");
    }
    return MemorySegment.ofArray(new byte[(int) type.bytes()]);
  }

  /** A float32 array. */
  public static HostArray of(float[] values, long... dims) {
    return wrap(DType.FLOAT32, Shape.of(dims), MemorySegment.ofArray(values));
  }

  /** A float64 array. */
  public static HostArray of(double[] values, long... dims) {
    return wrap(DType.FLOAT64, Shape.of(dims), MemorySegment.ofArray(values));
  }

  /** An int32 array. */
  public static HostArray of(int[] values, long... dims) {
    return wrap(DType.INT32, Shape.of(dims), MemorySegment.ofArray(values));
  }

  /** An int64 array. */
  public static HostArray of(long[] values, long... dims) {
    return wrap(DType.INT64, Shape.of(dims), MemorySegment.ofArray(values));
  }

  /** A uint8 array: the bytes are unsigned, 0 to 255. */
  public static HostArray ofUint8(byte[] values, long... dims) {
    return wrap(DType.UINT8, Shape.of(dims), MemorySegment.ofArray(values));
  }

  /** A copy of an array's values on the heap, whatever device it lives on. */
  public static HostArray of(NDArray array) {
    MemorySegment values = bytes(array.type());
    array.download(values);
    return new HostArray(array.dtype(), array.shape(), values);
  }

  public DType dtype() {
    return dtype;
  }

  public Shape shape() {
    return shape;
  }

  /** The elements in row-major order, read-only; shared, not copied. */
  public MemorySegment values() {
    return values;
  }

  /** Element {@code index} in row-major order, as a double. */
  public double value(long index) {
    return dtype.read(values, index);
  }

  /** The elements as floats, converted if need be; a copy. */
  public float[] floats() {
    if (dtype == DType.FLOAT32) {
      return values.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
    float[] floats = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) dtype.read(values, i);
    }
    return floats;
  }

  /** The elements converted to {@code type}, as a C cast would; this array if it has that type. */
  public HostArray cast(DType type) {
    if (type == dtype) {
      return this;
    }
    int elements = Math.toIntExact(shape.size());
    MemorySegment cast =
        MemorySegment.ofArray(new byte[Math.multiplyExact(elements, type.bytes())]);
    for (int i = 0; i < elements; i++) {
      type.write(cast, i, dtype.read(values, i));
    }
    return new HostArray(type, shape, cast);
  }

  /** The raw bytes of the elements; for uint8 the elements themselves; a copy. */
  public byte[] bytes() {
    return values.toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * Entry {@code index} along the first axis; shares the elements.
   *
   * @throws InvalidArgumentException if there is no first axis or no such entry
   */
  public HostArray row(int index) {
    if (shape.rank() == 0 || index < 0 || index >= shape.dim(0)) {
      throw new InvalidArgumentException(
          "row " + index + " of an array of shape " + shape,
          "rows are numbered along the first axis from 0",
          "ask for a row that exists");
    }
    Shape rowShape = shape.remove(0);
    long bytes = rowShape.size() * dtype.bytes();
    return new HostArray(dtype, rowShape, values.asSlice(index * bytes, bytes));
  }

  /** The same elements under another shape of equal size. */
  public HostArray reshape(long... dims) {
    return wrap(dtype, Shape.of(dims), values);
  }

  /** Equal type, shape and elements, bit by bit. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostArray array
        && dtype == array.dtype
        && shape.equals(array.shape)
        && values.mismatch(array.values) < 0;
  }

  @Override
  public int hashCode() {
    int hash = 31 * dtype.code() + shape.hashCode();
    for (long i = 0; i < values.byteSize(); i++) {
      hash = 31 * hash + values.get(ValueLayout.JAVA_BYTE, i);
    }
    return hash;
  }

  /** For example {@code HostArray uint8(28, 28, 1)}. */
  @Override
  public String toString() {
    return "HostArray " + dtype + shape;
  }
}
