package io.gluonj.dnnl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code dnnl_memory_desc_t}: dimensions, element type and format of a piece of memory.
 *
 * <p>An immutable value: equal when oneDNN says so, which means that memory of one may be read as
 * memory of the other without a reorder. Freed when no longer reachable. Dimensions are logical,
 * (batch, channels, spatial...) whatever the order in memory.
 */
public final class MemoryDesc {
  /** {@code DNNL_MAX_NDIMS}. */
  static final int MAX_RANK = 12;

  private static final int QUERY_STRIDES = 14;
  private static final int QUERY_RANK = 256;
  private static final int QUERY_DIMS = 257;
  private static final int QUERY_TYPE = 258;
  private static final int QUERY_FORMAT_KIND = 262;
  private static final int QUERY_BLOCKS = 263;
  private static final int FORMAT_ANY = 1;
  private static final int FORMAT_BLOCKED = 2;

  private final MemorySegment handle;
  private final List<Long> dims;
  private final DataType type;
  private final long size;

  private MemoryDesc(MemorySegment handle, List<Long> dims, DataType type) {
    this.handle = handle;
    this.dims = dims;
    this.type = type;
    this.size = sizeOf(handle);
    NativeHandle.CLEANER.register(
        this, new NativeHandle(handle, DnnlApi.MEMORY_DESC_DESTROY, "dnnl_memory_desc_destroy"));
  }

  /**
   * Memory in the order of a tag.
   *
   * @throws DnnlException if the tag does not fit the number of dimensions
   */
  public static MemoryDesc of(DataType type, FormatTag tag, long... dims) {
    Dnnl.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sizes = dims(arena, dims);
      return made(
          dims,
          type,
          Dnnl.create(
              "dnnl_memory_desc_create_with_tag",
              slot ->
                  (int)
                      DnnlApi.MEMORY_DESC_CREATE_WITH_TAG.invokeExact(
                          slot, dims.length, sizes, type.code(), tag.code())));
    }
  }

  /**
   * Memory whose format oneDNN chooses when a primitive is made; ask the primitive which one it
   * chose.
   */
  public static MemoryDesc any(DataType type, long... dims) {
    return of(type, FormatTag.ANY, dims);
  }

  /** Row-major memory of up to five dimensions. */
  public static MemoryDesc rowMajor(DataType type, long... dims) {
    return of(type, FormatTag.rowMajor(dims.length), dims);
  }

  /**
   * Memory with distances between neighbours, in elements.
   *
   * @param strides one for each dimension; not negative
   */
  public static MemoryDesc strided(DataType type, long[] dims, long[] strides) {
    if (dims.length != strides.length) {
      throw new IllegalArgumentException(
          "MemoryDesc: "
              + dims.length
              + " dimensions were given with "
              + strides.length
              + " strides");
    }
    Dnnl.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sizes = dims(arena, dims);
      MemorySegment distances = dims(arena, strides);
      return made(
          dims,
          type,
          Dnnl.create(
              "dnnl_memory_desc_create_with_strides",
              slot ->
                  (int)
                      DnnlApi.MEMORY_DESC_CREATE_WITH_STRIDES.invokeExact(
                          slot, dims.length, sizes, type.code(), distances)));
    }
  }

  private static MemoryDesc made(long[] dims, DataType type, MemorySegment handle) {
    return new MemoryDesc(handle, Arrays.stream(dims).boxed().toList(), type);
  }

  /** A copy of a descriptor that something else owns. */
  static MemoryDesc copyOf(MemorySegment borrowed) {
    MemorySegment handle =
        Dnnl.create(
            "dnnl_memory_desc_clone",
            slot -> (int) DnnlApi.MEMORY_DESC_CLONE.invokeExact(slot, borrowed));
    return new MemoryDesc(
        handle,
        queryDims(handle, QUERY_DIMS, queryInt(handle, QUERY_RANK)),
        DataType.of(queryInt(handle, QUERY_TYPE)));
  }

  /** An array of {@code dnnl_dims_t}. */
  static MemorySegment dims(Arena arena, long... values) {
    if (values.length < 1 || values.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "MemoryDesc: "
              + values.length
              + " dimensions were given, 1 to "
              + MAX_RANK
              + " are possible");
    }
    return arena.allocateFrom(ValueLayout.JAVA_LONG, Arrays.copyOf(values, MAX_RANK));
  }

  /** Bytes of a borrowed descriptor; 0 for one that describes nothing. */
  static long sizeOf(MemorySegment handle) {
    return handle.address() == 0
        ? 0
        : Dnnl.call(arena -> (long) DnnlApi.MEMORY_DESC_GET_SIZE.invokeExact(handle));
  }

  private static int queryInt(MemorySegment handle, int what) {
    return Dnnl.call(arena -> {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_INT);
      Dnnl.check(
          "dnnl_memory_desc_query",
          (int) DnnlApi.MEMORY_DESC_QUERY.invokeExact(handle, what, result));
      return result.get(ValueLayout.JAVA_INT, 0);
    });
  }

  private static List<Long> queryDims(MemorySegment handle, int what, int rank) {
    return Dnnl.call(arena -> {
      MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
      Dnnl.check(
          "dnnl_memory_desc_query",
          (int) DnnlApi.MEMORY_DESC_QUERY.invokeExact(handle, what, result));
      return Arrays.stream(
              result
                  .get(ValueLayout.ADDRESS, 0)
                  .reinterpret((long) rank * Long.BYTES)
                  .toArray(ValueLayout.JAVA_LONG))
          .boxed()
          .toList();
    });
  }

  MemorySegment handle() {
    return handle;
  }

  /** Logical dimensions. */
  public List<Long> dims() {
    return dims;
  }

  /** Element type. */
  public DataType type() {
    return type;
  }

  /** Bytes needed, padding included; 0 while the format is {@code any}. */
  public long size() {
    return size;
  }

  /** Whether oneDNN has yet to choose the format. */
  public boolean isAny() {
    try {
      return queryInt(handle, QUERY_FORMAT_KIND) == FORMAT_ANY;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether elements lie where {@link #strides} says: not blocked, not {@code any}. */
  public boolean isStrided() {
    try {
      return queryInt(handle, QUERY_FORMAT_KIND) == FORMAT_BLOCKED
          && queryInt(handle, QUERY_BLOCKS) == 0;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Distances between neighbours along each dimension, in elements.
   *
   * @throws IllegalStateException if the format has no such distances
   */
  public List<Long> strides() {
    if (!isStrided()) {
      throw new IllegalStateException("MemoryDesc: " + this + " has no strides");
    }
    try {
      return queryDims(handle, QUERY_STRIDES, dims.size());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof MemoryDesc that) || type != that.type || !dims.equals(that.dims)) {
      return false;
    }
    try {
      return Dnnl.call(
          arena -> (int) DnnlApi.MEMORY_DESC_EQUAL.invokeExact(handle, that.handle) != 0);
    } finally {
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(that);
    }
  }

  @Override
  public int hashCode() {
    return 31 * (31 * dims.hashCode() + type.hashCode()) + Long.hashCode(size);
  }

  /** For example {@code f32[64,20,12,12]:strides[2880,1,240,20]}. */
  @Override
  public String toString() {
    String head = type.name().toLowerCase(Locale.ROOT) + text(dims) + ":";
    if (isAny()) {
      return head + "any";
    }
    return isStrided() ? head + "strides" + text(strides()) : head + "blocked";
  }

  private static String text(List<Long> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
