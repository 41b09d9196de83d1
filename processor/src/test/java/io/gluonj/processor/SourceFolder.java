package io.gluonj.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;

/** Sources on disk for one compilation; ecj reports nothing about sources that are not files. */
record SourceFolder(Path root, List<Path> files) implements AutoCloseable {

  static SourceFolder of(Map<String, String> sources) {
    try {
      Path root = Files.createTempDirectory("sources").toRealPath();
      List<Path> files = new ArrayList<>();
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = root.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, source.getValue()));
      }
      return new SourceFolder(root, files);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** The path of {@code source} as the test knows it. */
  String relative(JavaFileObject source) {
    Path path = Path.of(source.toUri().getPath());
    return path.startsWith(root)
        ? root.relativize(path).toString().replace('\\', '/')
        : path.toString().substring(1);
  }

  /** What is in {@code source}; empty if it is not one of this folder. */
  String text(JavaFileObject source) {
    Path path = Path.of(source.toUri().getPath());
    try {
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    try (var entries = Files.walk(root)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }
}
