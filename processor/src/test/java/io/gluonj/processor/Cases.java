package io.gluonj.processor;

import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cases on disk. A case is a file, or a folder of files that belong together. */
final class Cases {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

  private Cases() {}

  /** One case. */
  record Case(String name, Map<String, String> sources) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Path resources() {
    return MODULE.resolve("src/test/resources");
  }

  /** Where the build puts what it makes. */
  static Path target() {
    return MODULE.resolve("target");
  }

  /** The folder of the project's documents. */
  static Path docs() {
    return MODULE.resolve("../docs");
  }

  /** The cases in folder {@code kind}, by name. */
  static List<Case> in(String kind) {
    try (var entries = Files.list(resources().resolve(kind))) {
      return entries.sorted().map(Cases::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The case called {@code name}. */
  static Case named(String kind, String name) {
    return in(kind).stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
  }

  /** Compares {@code actual} with the file, or rewrites the file if asked to. */
  static void assertIsFile(Path file, String actual) {
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      String wanted = Files.exists(file) ? Files.readString(file) : "";
      assertWithMessage("%s (-Dgolden.update=true rewrites it)", file.getFileName())
          .that(actual)
          .isEqualTo(wanted);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Case read(Path entry) {
    Map<String, String> sources = new TreeMap<>();
    try (var files = Files.walk(entry)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path =
            file.equals(entry)
                ? file.getFileName().toString()
                : entry.relativize(file).toString().replace('\\', '/');
        sources.put(path, Files.readString(file));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Case(entry.getFileName().toString().replaceAll("\\.java$", ""), sources);
  }
}
