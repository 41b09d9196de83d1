package io.gluonj.data.vision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files, sound ones and others. */
final class IdxBytes {
  private IdxBytes() {}

  /** A file of unsigned bytes with the extents {@code dims}, followed by {@code values}. */
  static byte[] file(byte[] values, int... dims) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
    file.put(new byte[] {0, 0, 8, (byte) dims.length});
    Arrays.stream(dims).forEach(file::putInt);
    return file.put(values).array();
  }

  /** {@code count} pictures whose pixels are all equal to the picture's number. */
  static byte[] images(int count) {
    byte[] values = new byte[count * 28 * 28];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i / (28 * 28));
    }
    return file(values, count, 28, 28);
  }

  static byte[] labels(int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) labels[i];
    }
    return file(values, values.length);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static byte[] cut(byte[] bytes, int removed) {
    return Arrays.copyOf(bytes, bytes.length - removed);
  }

  static byte[] with(byte[] bytes, int position, int value) {
    byte[] copy = bytes.clone();
    copy[position] = (byte) value;
    return copy;
  }
}
