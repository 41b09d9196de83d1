package io.gluonj.types;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The extents of a tensor, outermost axis first. A dimension may be {@link #UNKNOWN} (to be filled
 * by shape inference), and even the rank may be unknown ({@link #unknown()}).
 *
 * <p>Axes may be given from the end: {@code dim(-1)} is the last extent. Printed as in NumPy and
 * MXNet, with 0 for an unknown extent: {@code (20, 0, 5, 5)}.
 */
public final class Shape {
  /** An extent that is not known yet. */
  public static final long UNKNOWN = -1;

  private static final Shape SCALAR = new Shape(new long[0]);
  private static final Shape NO_RANK = new Shape(null);

  private final long @Nullable [] dims;

  private Shape(long @Nullable [] dims) {
    this.dims = dims;
  }

  /**
   * A shape with the given extents; {@link #UNKNOWN} marks an extent to be inferred.
   *
   * @throws InvalidArgumentException if an extent is negative and not {@link #UNKNOWN}
   */
  public static Shape of(long... dims) {
    for (long dim : dims) {
      if (dim < UNKNOWN) {
        throw new InvalidArgumentException(
            "Shape.of: extent " + dim + " in " + Arrays.toString(dims),
            "extents are 0 or more, or Shape.UNKNOWN (-1) where shape inference shall fill them",
            "pass the number of elements along each axis");
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** The shape of a single value: rank 0, one element. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** The shape of which nothing is known, not even the rank. */
  public static Shape unknown() {
    return NO_RANK;
  }

  /** Reads Gluon's notation, where 0 stands for an extent to be inferred. */
  public static Shape ofGluon(long... dims) {
    return of(Arrays.stream(dims).map(d -> d == 0 ? UNKNOWN : d).toArray());
  }

  public boolean hasRank() {
    return dims != null;
  }

  /** Whether every extent is known. */
  public boolean isKnown() {
    if (dims == null) {
      return false;
    }
    for (long dim : dims) {
      if (dim == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** Number of axes. */
  public int rank() {
    return ranked().length;
  }

  /** Extent along {@code axis}, which may be negative to count from the end. */
  public long dim(int axis) {
    return ranked()[axis(axis)];
  }

  /** A copy of the extents. */
  public long[] dims() {
    return ranked().clone();
  }

  /**
   * Number of elements, {@link #UNKNOWN} if an extent is.
   *
   * @throws InvalidArgumentException if a 64-bit number cannot count them
   */
  public long size() {
    return product(0, rank());
  }

  /** Product of the extents from {@code axis} (inclusive) to the end. */
  public long sizeFrom(int axis) {
    return product(axis, rank());
  }

  /** Product of the extents before {@code axis} (exclusive). */
  public long sizeTo(int axis) {
    return product(0, axis);
  }

  private long product(int from, int to) {
    long[] known = ranked();
    long product = 1;
    boolean empty = false;
    boolean countable = true;
    for (int i = from; i < to; i++) {
      if (known[i] == UNKNOWN) {
        return UNKNOWN;
      }
      empty |= known[i] == 0;
      countable &= Math.multiplyHigh(product, known[i]) == 0 && product * known[i] >= 0;
      product *= known[i];
    }
    if (!empty && !countable) {
      throw tooLarge();
    }
    return empty ? 0 : product;
  }

  /**
   * The product of an extent and a number from an attribute.
   *
   * @throws InvalidArgumentException if it is too large for a 64-bit number
   */
  public static long times(long extent, long number) {
    long high = Math.multiplyHigh(extent, number);
    long low = extent * number;
    if ((high != 0 || low < 0) && (high != -1 || low >= 0)) {
      throw new InvalidArgumentException(
          "an extent of " + extent + " times " + number + " was asked for",
          "the product is larger than a 64-bit number",
          "check the attributes");
    }
    return low;
  }

  /** The exception for a shape whose elements or bytes a 64-bit number cannot count. */
  InvalidArgumentException tooLarge() {
    return new InvalidArgumentException(
        "a tensor of shape " + this + " was asked for",
        "it has more elements or bytes than a 64-bit number counts",
        "check the extents, and the attributes they were computed from");
  }

  /**
   * Turns a possibly negative axis into 0..rank-1.
   *
   * @throws InvalidArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int rank = rank();
    if (axis < -rank || axis >= rank) {
      throw new InvalidArgumentException(
          "axis " + axis + " of shape " + this,
          "a tensor of rank " + rank + " has the axes " + -rank + " to " + (rank - 1),
          "choose one of these axes");
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** This shape with one extent replaced. */
  public Shape with(int axis, long dim) {
    long[] copy = dims();
    copy[axis(axis)] = dim;
    return of(copy);
  }

  /** This shape with an axis of the given extent inserted before {@code axis} (0..rank). */
  public Shape insert(int axis, long dim) {
    long[] known = ranked();
    long[] copy = new long[known.length + 1];
    System.arraycopy(known, 0, copy, 0, axis);
    copy[axis] = dim;
    System.arraycopy(known, axis, copy, axis + 1, known.length - axis);
    return of(copy);
  }

  /** This shape without {@code axis}. */
  public Shape remove(int axis) {
    int at = axis(axis);
    long[] known = ranked();
    long[] copy = new long[known.length - 1];
    System.arraycopy(known, 0, copy, 0, at);
    System.arraycopy(known, at + 1, copy, at, copy.length - at);
    return of(copy);
  }

  /**
   * Row-major strides in elements; the shape must be known.
   *
   * @throws InvalidArgumentException if a 64-bit number cannot count the elements
   */
  public long[] strides() {
    long _ = size(); // refuses what cannot be counted
    long[] known = ranked();
    long[] strides = new long[known.length];
    long step = 1;
    for (int i = known.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(known[i], 1); // where this overflows there are no elements to address
    }
    return strides;
  }

  /**
   * What both shapes say together: unknown extents of one are filled by the other.
   *
   * @return null if they contradict each other
   */
  public @Nullable Shape unify(Shape other) {
    if (dims == null) {
      return other;
    }
    if (other.dims == null) {
      return this;
    }
    if (dims.length != other.dims.length) {
      return null;
    }
    long[] merged = dims.clone();
    for (int i = 0; i < merged.length; i++) {
      if (merged[i] == UNKNOWN) {
        merged[i] = other.dims[i];
      } else if (other.dims[i] != UNKNOWN && other.dims[i] != merged[i]) {
        return null;
      }
    }
    return Arrays.equals(merged, dims) ? this : new Shape(merged);
  }

  /**
   * The common shape of two operands under NumPy's broadcasting rule: aligned at the last axis,
   * extents are equal or one of them is 1.
   *
   * @return null if the shapes do not fit; an unknown extent stays unknown unless the other exceeds
   *     1
   */
  public static @Nullable Shape broadcast(Shape a, Shape b) {
    if (a.dims == null || b.dims == null) {
      return NO_RANK;
    }
    int rank = Math.max(a.dims.length, b.dims.length);
    long[] out = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long x = i <= a.dims.length ? a.dims[a.dims.length - i] : 1;
      long y = i <= b.dims.length ? b.dims[b.dims.length - i] : 1;
      if (x != y && x != 1 && y != 1 && x != UNKNOWN && y != UNKNOWN) {
        return null;
      }
      if (x == UNKNOWN || y == UNKNOWN) {
        long known = Math.max(x, y);
        out[rank - i] = known > 1 ? known : UNKNOWN;
      } else {
        out[rank - i] = x == 1 ? y : x;
      }
    }
    return of(out);
  }

  private long[] ranked() {
    if (dims == null) {
      throw new InvalidArgumentException(
          "a shape of unknown rank was asked for its extents",
          "nothing has fixed the shape of this symbol yet",
          "give the variable a shape: Symbol.var(name, Shape.of(...))");
    }
    return dims;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** {@code (2, 3)}, {@code (5,)}, {@code ()}; unknown extents as 0; {@code (?)} without a rank. */
  @Override
  public String toString() {
    if (dims == null) {
      return "(?)";
    }
    String inner =
        Arrays.stream(dims)
            .mapToObj(d -> d == UNKNOWN ? "0" : Long.toString(d))
            .collect(Collectors.joining(", "));
    return dims.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }
}
