package io.gluonj.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Javadoc of an operator's record, read from the source tree.
 *
 * @param text the description, empty if there is none; links have become plain names
 * @param components the descriptions of record components that have one
 */
public record SourceDocs(String text, Map<String, String> components) {
  private static final Pattern TAG = Pattern.compile("(?m)^@(\\w+)\\s+");
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+([\\w.#]+)(?:\\([^)]*\\))?(?:\\s+([^}]*))?}");

  /** The root of the source tree, above the directory that tests run in. */
  public static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .takeWhile(folder -> folder != null)
        .filter(folder -> Files.exists(folder.resolve("ARCHITECTURE.md")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not below a source tree of this project"));
  }

  static SourceDocs of(Class<?> record) {
    Class<?> file = record;
    while (file.getEnclosingClass() != null) {
      file = file.getEnclosingClass();
    }
    Path path =
        root()
            .resolve("runtime-engine/core/src/main/java")
            .resolve(file.getName().replace('.', '/') + ".java");
    try {
      return parse(Files.readString(path), record.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the comment right before a record in a source text. */
  static SourceDocs parse(String source, String record) {
    Matcher declared =
        Pattern.compile("(?m)^ *(?:(?:public|static|private) )*record " + record + "\\b")
            .matcher(source);
    if (!declared.find()) {
      return new SourceDocs("", Map.of());
    }
    String before = source.substring(0, declared.start()).replaceAll("(?m)^\\s*@\\w+.*\\n", "");
    before = before.stripTrailing();
    int start = before.lastIndexOf("/**");
    if (!before.endsWith("*/") || start < 0) {
      return new SourceDocs("", Map.of());
    }
    String body =
        before.substring(start + 3, before.length() - 2).replaceAll("(?m)^\\s*\\* ?", "").strip();
    return split(body);
  }

  private static SourceDocs split(String body) {
    var components = new TreeMap<String, String>();
    Matcher tag = TAG.matcher(body);
    if (!tag.find()) {
      return new SourceDocs(plain(body), components);
    }
    String text = body.substring(0, tag.start());
    int end;
    boolean more = true;
    while (more) {
      String kind = tag.group(1);
      int begin = tag.end();
      more = tag.find();
      end = more ? tag.start() : body.length();
      String[] words = body.substring(begin, end).strip().split("\\s+", 2);
      if (kind.equals("param") && words.length == 2 && !words[0].startsWith("<")) {
        components.put(words[0], plain(words[1]));
      }
    }
    return new SourceDocs(plain(text), components);
  }

  /** Without line breaks, and with names instead of links, which other packages cannot follow. */
  private static String plain(String text) {
    String joined = text.strip().replaceAll("\\s+", " ");
    return LINK.matcher(joined)
        .replaceAll(m ->
            Matcher.quoteReplacement(
                m.group(2) != null
                    ? m.group(2)
                    : "{@code " + m.group(1).replaceAll("^#", "").replace('#', '.') + "}"));
  }
}
