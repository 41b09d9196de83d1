package io.gluonj.io;

import io.gluonj.types.FileFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A position in a little-endian binary file; nothing is read beyond its end. */
final class FileCursor {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment bytes;
  private long position;

  FileCursor(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  long position() {
    return position;
  }

  long remaining() {
    return bytes.byteSize() - position;
  }

  int int32(String what) {
    return slice(4, what).get(INT, 0);
  }

  long int64(String what) {
    return slice(8, what).get(LONG, 0);
  }

  /** Text in UTF-8, preceded by its length in bytes. */
  String text(String what) {
    long start = position;
    long length = int64("the length of " + what);
    MemorySegment content = slice(length, what);
    ByteBuffer buffer = ByteBuffer.wrap(content.toArray(ValueLayout.JAVA_BYTE));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      throw fail(start, what + " in UTF-8", "bytes that are no UTF-8");
    }
  }

  /** The next {@code length} bytes. */
  MemorySegment slice(long length, String what) {
    if (length < 0 || length > remaining()) {
      throw fail(
          position,
          Long.toUnsignedString(length) + " bytes of " + what,
          remaining() + " bytes to the end of the file");
    }
    MemorySegment slice = bytes.asSlice(position, length);
    position += length;
    return slice;
  }

  FileFormatException fail(long offset, String expected, String found) {
    return new FileFormatException(
        file + ", byte " + offset + ": expected " + expected + ", found " + found,
        "the file is truncated, corrupt or not an MXNet .params file",
        "copy or download it again; a whole file begins with the bytes 12 01 00 00");
  }

  FileFormatException unsupported(long offset, String what, String fix) {
    return new FileFormatException(
        file + ", byte " + offset + ": " + what,
        "this version reads dense arrays of the types float16, float32, float64, bfloat16, int8,"
            + " uint8, int32, int64 and bool",
        fix);
  }
}
