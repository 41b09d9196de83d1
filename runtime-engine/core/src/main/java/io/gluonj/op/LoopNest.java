package io.gluonj.op;

import io.gluonj.types.DType;
import java.util.List;
import java.util.stream.Stream;

/**
 * A loop nest over a rectangular iteration space: what pointwise, structural and reduction
 * operators lower to, and what each backend's single emitter turns into a kernel.
 *
 * <pre>
 * for each position p of the parallel axes:             (independent of each other)
 *   acc = identity
 *   for each position r of the reduced axes:            (absent without a reduction)
 *     acc = reduction(acc, body(inputs at (p, r)))
 *   store(p) = epilogue(acc)                            (without a reduction: body)
 * </pre>
 *
 * Where the store moves along the reduced axes it is a scan: {@code store(p, r) = epilogue(acc)} is
 * written after each step, in row-major order of the reduced axes.
 *
 * <p>Arguments of {@code body} are indices into {@code loads}. {@code Iota(axis)} counts axes of
 * the whole space, parallel ones first. Arithmetic is done in {@link #compute()}.
 *
 * @param parallel extents of the parallel axes, outermost first
 * @param reduced extents of the reduced axes; empty without a reduction
 * @param loads what the body's arguments read
 * @param stores what is written; several only without a reduction
 * @param reduction how the body's values are combined along the reduced axes
 */
public record LoopNest(
    List<Long> parallel,
    List<Long> reduced,
    List<Access> loads,
    List<Store> stores,
    Reduction reduction) {

  /** How values are combined; NONE where there is nothing to combine. */
  public enum Reduction {
    NONE(0),
    SUM(0),
    PROD(1),
    MAX(Double.NEGATIVE_INFINITY),
    MIN(Double.POSITIVE_INFINITY);

    private final double identity;

    Reduction(double identity) {
      this.identity = identity;
    }

    /** The value of an empty reduction. */
    public double identity() {
      return identity;
    }

    public double combine(double acc, double value) {
      return switch (this) {
        case NONE -> value;
        case SUM -> acc + value;
        case PROD -> acc * value;
        case MAX -> Math.max(acc, value);
        case MIN -> Math.min(acc, value);
      };
    }
  }

  /** What an index outside its range does. */
  public enum Bounds {
    /** It means the nearest element. */
    CLIP,
    /** It counts from the other end: modulo the extent. */
    WRAP,
    /** There is nothing: the value read is 0. */
    ZERO
  }

  /**
   * A computed part of an access, {@code stride} times an index.
   *
   * @param value the index, over the loads (which must be affine) and the axes; evaluated in
   *     float64 and cut off towards 0
   * @param stride in elements
   * @param extent indices from 0 to below this are in range; at least 1
   */
  public record Index(Scalar value, long stride, long extent, Bounds bounds) {
    /** The element offset that an index leads to; -1 where there is nothing. */
    public long offset(long index) {
      return switch (bounds) {
        case CLIP -> Math.clamp(index, 0, extent - 1) * stride;
        case WRAP -> Math.floorMod(index, extent) * stride;
        case ZERO -> index < 0 || index >= extent ? -1 : index * stride;
      };
    }
  }

  /**
   * An access: element {@code offset + sum(position[axis] * strides[axis])} of an operand, plus
   * what the indices add. Only loads have indices.
   *
   * @param operand number of the operator's input (loads) or output (stores)
   * @param strides in elements, one for each axis of the space; stores have 0 for reduced axes
   *     unless the nest is a scan
   * @param indices computed parts; empty for an affine access
   */
  public record Access(
      int operand, DType dtype, long offset, List<Long> strides, List<Index> indices) {
    public Access {
      strides = List.copyOf(strides);
      indices = List.copyOf(indices);
    }

    /** An affine access. */
    public Access(int operand, DType dtype, long offset, List<Long> strides) {
      this(operand, dtype, offset, strides, List.of());
    }
  }

  /**
   * One written value.
   *
   * @param body evaluated for every position of the space
   * @param epilogue applied to the reduced value, its {@code Arg(0)}; {@code Arg(0)} itself without
   *     a reduction
   */
  public record Store(Access access, Scalar body, Scalar epilogue) {}

  public LoopNest {
    parallel = List.copyOf(parallel);
    reduced = List.copyOf(reduced);
    loads = List.copyOf(loads);
    stores = List.copyOf(stores);
    for (Store store : stores) {
      if (!store.access().indices().isEmpty()) {
        throw new IllegalArgumentException("the place of a store is affine");
      }
    }
    for (int i = 0; i < loads.size(); i++) {
      int load = i;
      boolean computed = !loads.get(i).indices().isEmpty();
      if (computed
          && loads.stream()
              .flatMap(l -> l.indices().stream())
              .anyMatch(x -> Arguments.reads(x.value(), load))) {
        throw new IllegalArgumentException("an index is read by an affine load");
      }
    }
  }

  /** Whether the place of a load or a value depends on positions as numbers. */
  public boolean positional() {
    return stores.stream()
            .anyMatch(s -> Arguments.positional(s.body()) || Arguments.positional(s.epilogue()))
        || loads.stream()
            .flatMap(l -> l.indices().stream())
            .anyMatch(x -> Arguments.positional(x.value()));
  }

  /** Whether the value of every step of the reduction is written, and not the last one alone. */
  public boolean scans() {
    return stores.stream()
        .flatMap(s -> s.access().strides().stream().skip(parallel.size()))
        .anyMatch(stride -> stride != 0);
  }

  /** Number of axes of the whole space. */
  public int rank() {
    return parallel.size() + reduced.size();
  }

  /** Number of positions of the parallel axes. */
  public long outer() {
    return positions(parallel);
  }

  /** Number of positions of the reduced axes. */
  public long inner() {
    return positions(reduced);
  }

  /** Number of positions of axes; 0 if one has none, however long the others are. */
  static long positions(List<Long> extents) {
    return extents.contains(0L) ? 0 : extents.stream().reduce(1L, Math::multiplyExact);
  }

  /**
   * The type arithmetic is done in: float32 while every operand is a float of at most 32 bits,
   * int8, uint8 or bool; else float64, which holds every int32 and int64 up to 2^53 exactly. The
   * key of a random number does not count: it is read as integers.
   */
  public DType compute() {
    boolean narrow =
        Stream.concat(
                java.util.stream.IntStream.range(0, loads.size())
                    .filter(i -> stores.stream().anyMatch(s -> Arguments.reads(s.body(), i)))
                    .mapToObj(i -> loads.get(i).dtype()),
                stores.stream().map(s -> s.access().dtype()))
            .allMatch(t ->
                switch (t) {
                  case FLOAT32, FLOAT16, BFLOAT16, INT8, UINT8, BOOL -> true;
                  case FLOAT64, INT32, INT64 -> false;
                });
    return narrow ? DType.FLOAT32 : DType.FLOAT64;
  }
}
