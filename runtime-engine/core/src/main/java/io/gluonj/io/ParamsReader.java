package io.gluonj.io;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code .params} files of all versions before MXNet 2.0. */
final class ParamsReader {
  static final long LIST_MAGIC = 0x112;
  static final int V1 = 0xF993FAC8;
  static final int V2 = 0xF993FAC9;
  static final int V3 = 0xF993FACA;

  private static final int ZIP_MAGIC = 0x04034b50;
  private static final int MAX_RANK = 32;

  /** Fewest bytes an array takes: a magic of V0 that says rank 0. */
  private static final int LEAST_ARRAY = 4;

  /** Where an array lies in the file. */
  private record Entry(TensorType type, MemorySegment data) {}

  private final FileCursor in;

  private ParamsReader(FileCursor in) {
    this.in = in;
  }

  static Map<String, NDArray> read(Path file, Device device) {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return read(file, bytes, device);
    } catch (IOException e) {
      throw new InvalidArgumentException(
          file + " cannot be read: " + e,
          "the file does not exist or the system refuses to open it",
          "check the path and its permissions",
          e);
    }
  }

  /** Reads the content of a file. */
  static Map<String, NDArray> read(Path file, MemorySegment bytes, Device device) {
    return arrays(new ParamsReader(new FileCursor(file, bytes)).entries(), device);
  }

  private static Map<String, NDArray> arrays(Map<String, Entry> entries, Device device) {
    var arrays = new LinkedHashMap<String, NDArray>();
    boolean done = false;
    try {
      entries.forEach((key, e) -> arrays.put(key, NDArray.of(e.data(), e.type(), device)));
      done = true;
      return arrays;
    } finally {
      if (!done) {
        arrays.values().forEach(NDArray::close);
      }
    }
  }

  private Map<String, Entry> entries() {
    header();
    long count = count("the number of arrays", LEAST_ARRAY);
    var found = new ArrayList<@Nullable Entry>();
    for (long i = 0; i < count; i++) {
      found.add(array("array " + i + " of " + count));
    }
    List<String> names = names(count);
    if (in.remaining() > 0) {
      throw in.fail(in.position(), "the end of the file", in.remaining() + " further bytes");
    }
    var entries = new LinkedHashMap<String, Entry>();
    for (int i = 0; i < names.size(); i++) {
      Entry entry = found.get(i);
      if (entry != null) {
        entries.put(names.get(i), entry);
      }
    }
    return entries;
  }

  private void header() {
    long magic = in.int64("the file's magic number");
    if (magic != LIST_MAGIC) {
      throw (int) magic == ZIP_MAGIC
          ? in.unsupported(
              0,
              "a zip archive, as MXNet 2 writes it (.npz), where .params was expected",
              "save it with MXNet 1.x, or convert it with numpy.load and mx.nd.save")
          : in.fail(0, "the magic number 0x112", "0x" + Long.toHexString(magic));
    }
    in.int64("the reserved number");
  }

  /** A number of items that each take at least {@code least} bytes. */
  private long count(String what, int least) {
    long at = in.position();
    long count = in.int64(what);
    if (count < 0 || count > in.remaining() / least) {
      throw in.fail(
          at,
          what + ", at most " + in.remaining() / least + " in this file",
          Long.toUnsignedString(count));
    }
    return count;
  }

  private List<String> names(long arrays) {
    long at = in.position();
    long count = count("the number of names", Long.BYTES);
    if (count != 0 && count != arrays) {
      throw in.fail(at, "0 names or one for each of " + arrays + " arrays", count + " names");
    }
    var names = new ArrayList<String>();
    var seen = new java.util.HashSet<String>();
    for (long i = 0; i < arrays; i++) {
      long start = in.position();
      String name = count == 0 ? Long.toString(i) : in.text("name " + i);
      if (!seen.add(name)) {
        throw in.fail(start, "a name of its own for each array", "'" + name + "' a second time");
      }
      names.add(name);
    }
    return names;
  }

  private @Nullable Entry array(String what) {
    long at = in.position();
    int magic = in.int32("the magic number of " + what);
    if (magic == V2 || magic == V3) {
      storageType(at, what);
    }
    boolean zeroRankIsValue = magic == V3;
    boolean wide = magic == V1 || magic == V2 || magic == V3;
    if (!wide && (magic < 0 || magic > MAX_RANK)) {
      throw in.fail(
          at,
          "the magic number of " + what + " (0xf993fac8 to 0xf993faca, or a rank up to 32)",
          "0x" + Integer.toHexString(magic));
    }
    long rankAt = wide ? in.position() : at;
    int rank = wide ? in.int32("the rank of " + what) : magic;
    if (zeroRankIsValue ? rank == -1 : rank == 0) {
      return null; // an array without a value: nothing follows
    }
    if (rank < 0 || rank > MAX_RANK) {
      throw in.fail(rankAt, "the rank of " + what + ", 0 to " + MAX_RANK, Integer.toString(rank));
    }
    long[] dims = dims(rank, wide, what);
    in.int32("the device type of " + what);
    in.int32("the device number of " + what);
    DType type = type(what);
    long elements = elements(rankAt, dims, type, what);
    return new Entry(
        new TensorType(Shape.of(dims), type),
        in.slice(elements * type.bytes(), "values of " + what));
  }

  private void storageType(long at, String what) {
    int storage = in.int32("the storage type of " + what);
    switch (storage) {
      case 0 -> {}
      case 1, 2 ->
          throw in.unsupported(
              at,
              what + " is sparse (" + (storage == 1 ? "row_sparse" : "csr") + ")",
              "save it as a dense array: array.tostype('default')");
      default ->
          throw in.fail(
              in.position() - 4,
              "the storage type of " + what + " (0 dense, 1 row_sparse, 2 csr)",
              Integer.toString(storage));
    }
  }

  private long[] dims(int rank, boolean wide, String what) {
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      long at = in.position();
      dims[i] =
          wide
              ? in.int64("extent " + i + " of " + what)
              : Integer.toUnsignedLong(in.int32("extent " + i + " of " + what));
      if (dims[i] < 0) {
        throw in.fail(at, "extent " + i + " of " + what + ", 0 or more", Long.toString(dims[i]));
      }
    }
    return dims;
  }

  private DType type(String what) {
    int code = in.int32("the element type of " + what);
    long at = in.position() - 4;
    for (DType type : DType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    if (code >= 8 && code <= 11) {
      throw in.unsupported(
          at,
          what
              + " has elements of type "
              + List.of("int16", "uint16", "uint32", "uint64").get(code - 8),
          "convert it before saving: array.astype('int64')");
    }
    throw in.fail(at, "the element type of " + what + ", 0 to 12", Integer.toString(code));
  }

  /** The number of elements, once it is certain that the file can hold them. */
  private long elements(long at, long[] dims, DType type, String what) {
    long most = in.remaining() / type.bytes();
    long elements = 1;
    long span = 1; // as if extents of 0 were 1: strides must not overflow either
    for (long dim : dims) {
      long extent = Math.max(dim, 1);
      if (span > Long.MAX_VALUE / 16 / extent) {
        throw tooMany(at, dims, most, what);
      }
      span *= extent;
      elements *= dim;
    }
    if (elements > most) {
      throw tooMany(at, dims, most, what);
    }
    return elements;
  }

  private FileFormatException tooMany(long at, long[] dims, long most, String what) {
    return in.fail(
        at,
        "a shape of " + what + " with at most " + most + " elements, which the file can hold",
        Arrays.toString(dims));
  }
}
