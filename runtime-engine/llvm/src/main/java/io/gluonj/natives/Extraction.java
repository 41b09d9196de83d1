package io.gluonj.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Puts {@link CarriedFile}s into a folder so that a reader never sees half a file.
 *
 * <p>A file is written beside its place and moved there when its size and CRC are right. A small
 * {@code .verified} file remembers size, CRC and modification time of what was checked: a later
 * start compares these numbers only, and reads the whole library (176 MB for LLVM) again only when
 * they differ. Several processes may extract at once: each moves a correct file into place, and a
 * library that is already open keeps the file it has.
 */
final class Extraction {
  private static final Duration ABANDONED = Duration.ofHours(1);
  private static final int CHUNK = 1 << 16;

  private final Path folder;

  Extraction(Path folder) {
    this.folder = folder;
  }

  /** Path of the extracted file, extracting or repairing it when needed. */
  Path place(CarriedFile file) throws IOException {
    Path target = folder.resolve(file.name());
    Path stamp = folder.resolve(file.name() + ".verified");
    if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      String wanted = stampOf(target, file);
      if (wanted.equals(readStamp(stamp))) {
        return target;
      }
      if (Files.size(target) == file.size() && crc(target) == file.crc()) {
        write(stamp, wanted);
        return target;
      }
    }
    deleteAbandoned();
    copy(file, target);
    write(stamp, stampOf(target, file));
    return target;
  }

  private void copy(CarriedFile file, Path target) throws IOException {
    Path part = Files.createTempFile(folder, file.name() + ".", ".part");
    try {
      CRC32 crc = new CRC32();
      long size = 0;
      try (InputStream in = file.open();
          OutputStream out = Files.newOutputStream(part)) {
        byte[] chunk = new byte[CHUNK];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          size += n;
          if (size > file.size()) {
            break;
          }
          crc.update(chunk, 0, n);
          out.write(chunk, 0, n);
        }
      }
      if (size != file.size() || crc.getValue() != file.crc()) {
        throw new IOException(
            "the jar entry announces "
                + file.size()
                + " bytes with CRC "
                + Long.toHexString(file.crc())
                + ", but holds "
                + (size > file.size() ? "more than that" : size + " bytes")
                + " with CRC "
                + Long.toHexString(crc.getValue()));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Removes what a killed process left behind; a younger file may belong to one that is still
   * writing.
   */
  private void deleteAbandoned() throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
      for (Path part : parts) {
        if (lastWritten(part).isBefore(limit)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static Instant lastWritten(Path part) throws IOException {
    try {
      return Files.getLastModifiedTime(part).toInstant();
    } catch (NoSuchFileException moved) {
      return Instant.MAX; // its process has just moved it into place
    }
  }

  private static String stampOf(Path target, CarriedFile file) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return found.size()
        + " "
        + found.lastModifiedTime().to(TimeUnit.NANOSECONDS)
        + " "
        + file.size()
        + " "
        + Long.toHexString(file.crc());
  }

  private static String readStamp(Path stamp) throws IOException {
    try {
      return Files.size(stamp) > 200 ? "" : Files.readString(stamp, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException first) {
      return "";
    }
  }

  private void write(Path stamp, String text) throws IOException {
    Path part = Files.createTempFile(folder, stamp.getFileName() + ".", ".part");
    try {
      Files.writeString(part, text, StandardCharsets.ISO_8859_1);
      Files.move(part, stamp, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        crc.update(chunk, 0, n);
      }
    }
    return crc.getValue();
  }
}
