package io.gluonj.data.vision;

import io.gluonj.data.HostArray;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.Shape;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files, the format MNIST is published in: two zero bytes, an element type, a rank, that
 * many big-endian 32-bit extents, then the elements.
 *
 * <p>Plain and gzip-compressed files are told apart by content. Only unsigned bytes are read (type
 * 0x08), which is what all published files hold. A file is taken as hostile until it has been read:
 * extents are checked before memory is asked for, and nothing may be missing or left over.
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int HIGHEST_RANK = 8;
  private static final long DEFLATE_RATIO = 1032; // no deflate stream expands further
  private static final String FETCH_AGAIN = "copy or download the file again";

  private final Path file;

  private IdxFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a whole file.
   *
   * @param wanted the extents the file must have, {@link Shape#UNKNOWN} where any will do
   * @throws FileFormatException if the file is missing, unreadable, truncated, corrupt, of another
   *     format or of another shape
   */
  public static HostArray read(Path file, long... wanted) {
    return new IdxFile(file).read(wanted);
  }

  private HostArray read(long[] wanted) {
    if (!Files.isRegularFile(file)) {
      throw bad(
          Files.isDirectory(file) ? "is a directory" : "does not exist",
          "an IDX file was to be read from it",
          "check the path");
    }
    try {
      long size = Files.size(file);
      return isGzip() ? readGzip(size, wanted) : readPlain(size, wanted);
    } catch (EOFException e) {
      throw bad("the compressed data end too early", "the gzip file is truncated", FETCH_AGAIN, e);
    } catch (ZipException e) {
      throw bad("gzip: " + e.getMessage(), "the compressed data are corrupt", FETCH_AGAIN, e);
    } catch (AccessDeniedException e) {
      throw bad("cannot be opened", "permission is denied", "make the file readable", e);
    } catch (IOException e) {
      throw bad("cannot be read: " + e.getMessage(), "the system says so", "check the disk", e);
    }
  }

  private boolean isGzip() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }
  }

  private HostArray readPlain(long size, long[] wanted) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long[] dims = readHeader(in, wanted);
      long left = size - 4 - 4L * dims.length;
      long elements = Shape.of(dims).size();
      if (left > elements) {
        throw trailing(dims, left - elements);
      }
      return readElements(in, dims, left);
    }
  }

  private HostArray readGzip(long size, long[] wanted) throws IOException {
    if (size > Integer.MAX_VALUE - 8) {
      throw bad(size + " bytes", "a compressed IDX file has at most 2 GiB", "check the file");
    }
    try (var in = new WholeGzip(Files.readAllBytes(file))) {
      long[] dims = readHeader(in, wanted);
      HostArray array = readElements(in, dims, size * DEFLATE_RATIO);
      if (in.read() >= 0) {
        throw trailing(dims, 1 + in.transferTo(OutputStream.nullOutputStream()));
      }
      if (in.unread() > 0) {
        throw bad(
            in.unread() + " bytes follow the compressed data",
            "a gzip file ends with its last member",
            FETCH_AGAIN);
      }
      return array;
    }
  }

  private long[] readHeader(InputStream in, long[] wanted) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4) {
      throw bad("the file ends after " + magic.length + " bytes", "it has no header", FETCH_AGAIN);
    }
    if (magic[0] != 0 || magic[1] != 0) {
      throw bad(
          "starts with " + HexFormat.ofDelimiter(" ").formatHex(magic) + looksLike(magic),
          "an IDX file starts with 00 00 08 and its rank",
          "pass the original IDX file, plain or gzip-compressed");
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw bad(
          "has element type 0x%02x".formatted(magic[2]),
          "only unsigned bytes, 0x08, are read",
          "convert the elements to unsigned bytes");
    }
    int rank = magic[3] & 0xff;
    if (rank != wanted.length || rank > HIGHEST_RANK) {
      throw bad(
          "has rank " + rank + " but rank " + wanted.length + " is wanted",
          "images have three axes (count, rows, columns), labels have one",
          "check that image and label files have not been exchanged");
    }
    byte[] extents = in.readNBytes(4 * rank);
    if (extents.length < 4 * rank) {
      throw bad("the file ends within its header", "the file is truncated", FETCH_AGAIN);
    }
    long[] dims = new long[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      dims[i] = Integer.toUnsignedLong(ByteBuffer.wrap(extents).getInt(4 * i));
      elements = multiplied(elements, dims[i]);
    }
    checkDims(dims, wanted, elements);
    return dims;
  }

  private void checkDims(long[] dims, long[] wanted, long elements) {
    for (int i = 0; i < dims.length; i++) {
      if (wanted[i] != Shape.UNKNOWN && dims[i] != wanted[i]) {
        throw bad(
            "has shape " + Shape.of(dims) + " but " + Shape.of(wanted) + " is wanted",
            "extent " + i + " is " + dims[i] + " where " + wanted[i] + " is needed",
            "pass the original file");
      }
    }
    if (elements > Integer.MAX_VALUE - 8) {
      throw bad(
          "claims to have shape " + Shape.of(dims),
          "that is more than 2 GiB; most likely the header is corrupt",
          FETCH_AGAIN);
    }
  }

  /** Reads the elements, of which {@code available} bytes at most can be there. */
  private HostArray readElements(InputStream in, long[] dims, long available) throws IOException {
    int elements = Math.toIntExact(Shape.of(dims).size());
    byte[] values = available < elements ? new byte[0] : in.readNBytes(elements);
    if (values.length < elements) {
      throw bad(
          "claims to have shape %s, %d bytes, but only %d can follow"
              .formatted(Shape.of(dims), elements, Math.max(values.length, available)),
          "the file is truncated or its header is corrupt",
          FETCH_AGAIN);
    }
    return HostArray.ofUint8(values, dims);
  }

  private FileFormatException trailing(long[] dims, long count) {
    return bad(
        count + " bytes follow the elements",
        "the header says shape " + Shape.of(dims) + ", and then the file must end",
        FETCH_AGAIN);
  }

  /** The product, or a number that is surely too large. */
  private static long multiplied(long product, long extent) {
    return product > Integer.MAX_VALUE && extent > 0 ? Long.MAX_VALUE : product * extent;
  }

  private static String looksLike(byte[] magic) {
    if (magic[0] == '<') {
      return ", which looks like a web page";
    }
    return magic[0] == 'P' && magic[1] == 'K' ? ", which is a zip archive" : "";
  }

  private FileFormatException bad(String found, String because, String fix) {
    return new FileFormatException(file + ": " + found, because, fix);
  }

  private FileFormatException bad(String found, String because, String fix, IOException cause) {
    return new FileFormatException(file + ": " + found, because, fix, cause);
  }

  /** Decompresses from memory, so that bytes after the last member can be counted. */
  private static final class WholeGzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    WholeGzip(byte[] file) throws IOException {
      super(new ByteArrayInputStream(file), Math.max(1, file.length));
    }

    /** Bytes after the last member; meaningful once the end was reached. */
    int unread() {
      return inf.getRemaining() - TRAILER;
    }
  }
}
