package io.gluonj.io;

import io.gluonj.types.InvalidArgumentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files whole or not at all: the content goes to a file beside the target, which then takes
 * the target's name. A reader never sees half a file, and a failure leaves the old one.
 */
public final class WholeFile {
  /** What is written. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes a file, replacing an existing one.
   *
   * @throws InvalidArgumentException if the file cannot be written; the cause says why
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InvalidArgumentException(
          file + " cannot be written: " + e,
          "the file is written beside its place and then moved there",
          "check that the folder exists, is writable and has free space",
          e);
    } finally {
      discard(beside);
    }
  }

  /** Writes a text in UTF-8. */
  public static void writeText(Path file, String text) {
    write(
        file,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Removes what a failure left; after success there is nothing. */
  private static void discard(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      System.getLogger(WholeFile.class.getName())
          .log(System.Logger.Level.WARNING, "{0} was left behind: {1}", beside, e);
    }
  }
}
