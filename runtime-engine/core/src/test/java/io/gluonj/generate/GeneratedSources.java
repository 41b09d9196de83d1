package io.gluonj.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All generated sources: what they should be and what is committed. Both are compared word by word,
 * because the formatter decides where lines break.
 */
final class GeneratedSources {
  private static final Path FUNCTIONS = Path.of("io/gluonj/function");

  private GeneratedSources() {}

  private static Path folder() {
    return SourceDocs.root().resolve("runtime-engine/core/src/main/java");
  }

  static Map<String, String> wanted() {
    var files = new TreeMap<>(FluentWriter.files(Operator.everyOne()));
    files.putAll(FunctionWriter.files(Operator.all()));
    return files;
  }

  /** Files that differ from what they should be, are missing, or should not be there. */
  static List<String> stale() throws IOException {
    var found = new ArrayList<String>();
    Map<String, String> wanted = wanted();
    for (var file : wanted.entrySet()) {
      Path path = folder().resolve(file.getKey());
      if (!Files.exists(path) || !words(Files.readString(path)).equals(words(file.getValue()))) {
        found.add(file.getKey());
      }
    }
    orphans(wanted).forEach(path -> found.add(folder().relativize(path).toString()));
    return found;
  }

  /** Writes those files that differ. */
  static void write() throws IOException {
    Map<String, String> wanted = wanted();
    for (String name : stale()) {
      String text = wanted.get(name);
      if (text == null) {
        Files.delete(folder().resolve(name));
      } else {
        Files.writeString(folder().resolve(name), text);
      }
    }
  }

  /** Parts of F that nothing is left for. */
  private static List<Path> orphans(Map<String, String> wanted) throws IOException {
    try (Stream<Path> files = Files.list(folder().resolve(FUNCTIONS))) {
      return files
          .filter(f -> f.getFileName().toString().matches(".*Functions\\d*\\.java"))
          .filter(f -> !wanted.containsKey(folder().relativize(f).toString().replace('\\', '/')))
          .sorted()
          .toList();
    }
  }

  /** The text without white space, without stars of comments and with sorted imports. */
  static String words(String source) {
    return source.replaceAll("(?m)^\\s*\\*(?!/)", " ").replaceAll("\\s+", "");
  }
}
