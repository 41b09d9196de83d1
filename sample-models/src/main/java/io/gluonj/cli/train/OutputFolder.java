package io.gluonj.cli.train;

import io.gluonj.cli.UsageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder a run writes to. It is tried before training begins, and files appear in it whole:
 * they are written into a folder inside it and moved.
 */
public final class OutputFolder {
  /** Writes files into the folder it is given. */
  @FunctionalInterface
  public interface Writer {
    void write(Path folder) throws IOException;
  }

  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes sure that files can be written to {@code folder}, which is created if it does not exist.
   *
   * @throws UsageException if they cannot
   */
  public static OutputFolder prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempDirectory(folder, ".gluonj-"));
      return new OutputFolder(folder);
    } catch (IOException e) {
      throw new UsageException(
          "--out: files cannot be written to " + folder.toAbsolutePath().normalize(),
          reason(e),
          "name a folder that you may write to, for example --out build/lenet",
          e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is not a folder";
      case AccessDeniedException denied -> "permission is denied for " + denied.getFile();
      default -> "the system says: " + e.getMessage();
    };
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * Puts files into the folder, replacing those of the same name. Either all of them were written
   * when this returns, or none has been replaced.
   *
   * @return their final paths, sorted by name
   */
  public List<Path> place(Writer writer) throws IOException {
    Path staging = Files.createTempDirectory(folder, ".gluonj-");
    try {
      writer.write(staging);
      List<Path> placed = new ArrayList<>();
      for (Path file : listing(staging)) {
        placed.add(
            Files.move(
                file,
                folder.resolve(file.getFileName()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
      }
      return placed;
    } finally {
      for (Path left : listing(staging)) {
        Files.delete(left);
      }
      Files.delete(staging);
    }
  }

  private static List<Path> listing(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
