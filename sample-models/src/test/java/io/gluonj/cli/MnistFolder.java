package io.gluonj.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Small files in MNIST's format, and what can go wrong with them. */
final class MnistFolder {
  private static final int SAMPLES = 20;

  private MnistFolder() {}

  /** A folder with four files: whole, compressed, blank pictures, labels 0 to 9. */
  static Path whole(Path folder) {
    for (String part : new String[] {"train", "t10k"}) {
      write(folder.resolve(part + "-images-idx3-ubyte.gz"), gzip(images()));
      write(folder.resolve(part + "-labels-idx1-ubyte.gz"), gzip(labels(9)));
    }
    return folder;
  }

  static Path truncated(Path folder) {
    byte[] file = gzip(images());
    write(whole(folder).resolve("train-images-idx3-ubyte.gz"), copy(file, file.length / 2));
    return folder;
  }

  static Path corrupted(Path folder) {
    byte[] file = gzip(images());
    for (int i = 20; i < file.length - 8; i++) {
      file[i] ^= 0x5a;
    }
    write(whole(folder).resolve("train-images-idx3-ubyte.gz"), file);
    return folder;
  }

  static Path withWrongMagic(Path folder) {
    byte[] file = images();
    file[0] = 0x7f;
    write(whole(folder).resolve("train-images-idx3-ubyte.gz"), gzip(file));
    return folder;
  }

  static Path withLabelOutOfRange(Path folder) {
    write(whole(folder).resolve("train-labels-idx1-ubyte.gz"), gzip(labels(10)));
    return folder;
  }

  static Path withoutLabels(Path folder) {
    try {
      Files.delete(whole(folder).resolve("train-labels-idx1-ubyte.gz"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static byte[] images() {
    return ByteBuffer.allocate(16 + SAMPLES * 28 * 28)
        .putInt(0x0803)
        .putInt(SAMPLES)
        .putInt(28)
        .putInt(28)
        .array();
  }

  private static byte[] labels(int highest) {
    ByteBuffer file = ByteBuffer.allocate(8 + SAMPLES).putInt(0x0801).putInt(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      file.put((byte) (i % (highest + 1)));
    }
    return file.array();
  }

  private static byte[] copy(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
